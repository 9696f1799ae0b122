import { code, type Remedy } from './remedy.ts';

/** Finding messages in a stream of bytes. */
export const FRAMING: Remedy = {
  title: 'Collect bytes until the message is complete',
  rule:
    'TCP carries bytes, not messages: a read can end anywhere, in the middle of a character too, and can hold ' +
    'several messages. Keep the rest for the next read, decode high byte first, cut at the closing mos tag that ' +
    'matches the opening one, and give up beyond a limit.',
  examples: {
    csharp: code`
      sealed class Framer
      {
          static readonly Regex Tag = new Regex(@"<(/?)mos(?:\s[^>]*)?>");
          readonly Decoder decoder = Encoding.BigEndianUnicode.GetDecoder();   // keeps an odd byte
          string text = "";

          public List<string> Push(byte[] bytes, int count)
          {
              var chars = new char[decoder.GetCharCount(bytes, 0, count)];
              text += new string(chars, 0, decoder.GetChars(bytes, 0, count, chars, 0));
              var messages = new List<string>();
              int depth = 0, start = 0;
              foreach (Match tag in Tag.Matches(text))
              {
                  depth = Math.Max(0, depth + (tag.Groups[1].Length == 0 ? 1 : -1));
                  if (depth > 0) continue;    // a mos document nested in a payload
                  messages.Add(text.Substring(start, tag.Index + tag.Length - start));
                  start = tag.Index + tag.Length;
              }
              text = text.Substring(start);
              if (text.Length > 16000000) throw new InvalidDataException("message too long");
              return messages;
          }
      }
    `,
    java: code`
      final class Framer {
          private static final Pattern TAG = Pattern.compile("<(/?)mos(?:\\s[^>]*)?>");
          private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

          List<String> push(byte[] data, int count) throws IOException {
              bytes.write(data, 0, count);
              byte[] all = bytes.toByteArray();
              String text = new String(all, 0, all.length & ~1, StandardCharsets.UTF_16BE);  // whole characters
              List<String> messages = new ArrayList<>();
              int depth = 0, start = 0;
              for (Matcher tag = TAG.matcher(text); tag.find(); ) {
                  depth = Math.max(0, depth + (tag.group(1).isEmpty() ? 1 : -1));
                  if (depth > 0) continue;    // a mos document nested in a payload
                  messages.add(text.substring(start, tag.end()));
                  start = tag.end();
              }
              bytes.reset();
              bytes.write(all, 2 * start, all.length - 2 * start);
              if (bytes.size() > 32_000_000) throw new IOException("message too long");
              return messages;
          }
      }
    `,
    winsock: code`
      static int starts_with(const unsigned char *bytes, size_t left, const char *ascii)
      {
          for (; *ascii; ascii++, bytes += 2, left -= 2)
              if (left < 2 || bytes[0] != 0 || bytes[1] != (unsigned char)*ascii)
                  return 0;
          return 1;
      }

      /* Bytes of the first complete message, 0 while there is none: then recv behind what you have,
         at buffer + used, and ask again. After a message memmove the rest to the front. */
      size_t message_length(const unsigned char *bytes, size_t count)
      {
          size_t i;
          int depth = 0;                      /* a mos document may be nested in a payload */
          for (i = 0; i + 2 <= count; i += 2) {
              if (starts_with(bytes + i, count - i, "<mos>") || starts_with(bytes + i, count - i, "<mos "))
                  depth++;
              else if (starts_with(bytes + i, count - i, "</mos>") && depth > 0 && --depth == 0)
                  return i + 12;              /* six characters of two bytes */
          }
          return 0;
      }
    `,
    epoll: code`
      struct inbox { unsigned char bytes[1 << 20]; size_t used; };     /* one for each connection */

      static int starts_with(const unsigned char *bytes, size_t left, const char *ascii)
      {
          for (; *ascii; ascii++, bytes += 2, left -= 2)
              if (left < 2 || bytes[0] != 0 || bytes[1] != (unsigned char)*ascii)
                  return 0;
          return 1;
      }

      static size_t message_length(const unsigned char *bytes, size_t count)
      {
          int depth = 0;                      /* a mos document may be nested in a payload */
          for (size_t i = 0; i + 2 <= count; i += 2) {
              if (starts_with(bytes + i, count - i, "<mos>") || starts_with(bytes + i, count - i, "<mos "))
                  depth++;
              else if (starts_with(bytes + i, count - i, "</mos>") && depth > 0 && --depth == 0)
                  return i + 12;              /* six characters of two bytes */
          }
          return 0;
      }

      void after_recv(int connection, struct inbox *in, size_t count)  /* received at in->bytes + in->used */
      {
          size_t length;
          in->used += count;
          while ((length = message_length(in->bytes, in->used)) > 0) {
              answer(connection, in->bytes, length);
              memmove(in->bytes, in->bytes + length, in->used -= length);
          }
          if (in->used == sizeof in->bytes)
              close(connection);              /* longer than anything we accept */
      }
    `,
    visualbasic: code`
      ' One element each per connection: Text(), HighByte() and HasHighByte() outlive the event.
      Private Sub sckMos_DataArrival(Index As Integer, ByVal bytesTotal As Long)
          Dim bytes() As Byte, i As Long, ending As Long
          sckMos(Index).GetData bytes, vbArray + vbByte
          For i = 0 To UBound(bytes)
              If HasHighByte(Index) Then
                  Text(Index) = Text(Index) & ChrW$(HighByte(Index) * 256& + bytes(i))
              Else
                  HighByte(Index) = bytes(i)
              End If
              HasHighByte(Index) = Not HasHighByte(Index)
          Next
          ending = InStr(Text(Index), "</mos>")    ' count the opening tags too where payloads nest messages
          Do While ending > 0
              AnswerTo Index, Left$(Text(Index), ending + 5)
              Text(Index) = Mid$(Text(Index), ending + 6)
              ending = InStr(Text(Index), "</mos>")
          Loop
      End Sub
    `,
    node: code`
      class Framer {
        #decoder = new TextDecoder('utf-16be'); // keeps an odd byte for the next chunk
        #text = '';

        push(bytes) {
          this.#text += this.#decoder.decode(bytes, { stream: true });
          const messages = [];
          let depth = 0;
          let start = 0;
          for (const tag of this.#text.matchAll(/<(\/?)mos(?:\s[^>]*)?>/g)) {
            depth = Math.max(0, depth + (tag[1] === '' ? 1 : -1));
            if (depth > 0) continue; // a mos document nested in a payload
            messages.push(this.#text.slice(start, tag.index + tag[0].length));
            start = tag.index + tag[0].length;
          }
          this.#text = this.#text.slice(start);
          if (this.#text.length > 16_000_000) throw new RangeError('message too long');
          return messages;
        }
      }
    `,
    python: code`
      class Framer:
          TAG = re.compile(r"<(/?)mos(?:\s[^>]*)?>")

          def __init__(self):
              self.decoder = codecs.getincrementaldecoder("utf-16-be")("replace")  # keeps an odd byte
              self.text = ""

          def push(self, data):
              self.text += self.decoder.decode(data)
              messages, depth, start = [], 0, 0
              for tag in self.TAG.finditer(self.text):
                  depth = max(0, depth + (-1 if tag[1] else 1))
                  if depth == 0:              # otherwise a mos document nested in a payload
                      messages.append(self.text[start:tag.end()])
                      start = tag.end()
              self.text = self.text[start:]
              if len(self.text) > 16_000_000:
                  raise ValueError("message too long")
              return messages
    `,
    delphi: code`
      // FBytes belongs to one connection. Delphi 2009 and later; strings are indexed from 1.
      function TFramer.Push(const Data: TIdBytes): TArray<string>;
      var
        Text: string;
        Ending: Integer;
      begin
        Result := nil;
        AppendBytes(FBytes, Data);
        Text := TEncoding.BigEndianUnicode.GetString(TBytes(FBytes), 0, Length(FBytes) and not 1);
        Ending := Pos('</mos>', Text);        // count the opening tags too where payloads nest messages
        while Ending > 0 do
        begin
          SetLength(Result, Length(Result) + 1);
          Result[High(Result)] := Copy(Text, 1, Ending + 5);
          Delete(Text, 1, Ending + 5);
          RemoveBytes(FBytes, 2 * (Ending + 5));
          Ending := Pos('</mos>', Text);
        end;
      end;
    `,
  },
};
