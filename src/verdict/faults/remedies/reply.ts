import { code, type Remedy } from './remedy.ts';

/** Writing a reply: envelope, messageID, encoding. */
export const REPLY: Remedy = {
  title: 'Write the reply high byte first, with the IDs of the request',
  rule:
    'mosID and ncsID keep their roles in both directions, messageID is copied from the request, and every character ' +
    'is two bytes with the high one first and no byte order mark. Write the whole message, to the closing tag.',
  examples: {
    csharp: code`
      byte[] Reply(string mosID, string ncsID, string messageID, string body)
      {
          var text = "<mos><mosID>" + Escape(mosID) + "</mosID><ncsID>" + Escape(ncsID) + "</ncsID>"
              + "<messageID>" + messageID + "</messageID>" + body + "</mos>";
          return Encoding.BigEndianUnicode.GetBytes(text);   // GetBytes writes no mark, a StreamWriter would
      }

      void SendAll(Socket connection, byte[] bytes)
      {
          for (int sent = 0; sent < bytes.Length; )
          {
              sent += connection.Send(bytes, sent, bytes.Length - sent, SocketFlags.None);
          }
      }
    `,
    java: code`
      byte[] reply(String mosID, String ncsID, String messageID, String body) {
          String text = "<mos><mosID>" + escape(mosID) + "</mosID><ncsID>" + escape(ncsID) + "</ncsID>"
              + "<messageID>" + messageID + "</messageID>" + body + "</mos>";
          return text.getBytes(StandardCharsets.UTF_16BE);   // UTF_16 would write a mark in front
      }
    `,
    winsock: code`
      /* text holds the whole message as UTF-16, as Windows keeps it: low byte first. */
      int send_message(SOCKET connection, const wchar_t *text, size_t characters)
      {
          size_t i;
          for (i = 0; i < characters; i++) {
              char pair[2];
              pair[0] = (char)((unsigned)text[i] >> 8 & 0xff);
              pair[1] = (char)((unsigned)text[i] & 0xff);
              if (buffer_bytes(connection, pair, 2) != 0)
                  return -1;
          }
          return flush_bytes(connection);     /* send until everything is out; send may take less */
      }
    `,
    epoll: code`
      /* Turns UTF-8 into the bytes of MOS; returns their number, (size_t)-1 where they do not fit. */
      size_t encode(const char *utf8, size_t length, char *out, size_t room)
      {
          iconv_t conversion = iconv_open("UTF-16BE", "UTF-8");   /* "UTF-16" would write a mark */
          char *in = (char *)utf8, *to = out;
          size_t left = length, free_bytes = room;
          if (conversion == (iconv_t)-1)
              return (size_t)-1;
          if (iconv(conversion, &in, &left, &to, &free_bytes) == (size_t)-1)
              to = NULL;
          iconv_close(conversion);
          return to == NULL ? (size_t)-1 : room - free_bytes;
      }
    `,
    visualbasic: code`
      ' SendData with a String would send one byte per character. Send bytes, high byte first.
      Private Function EncodeBigEndian(ByVal message As String) As Byte()
          Dim bytes() As Byte, i As Long, code As Long
          ReDim bytes(0 To 2 * Len(message) - 1)
          For i = 1 To Len(message)
              code = AscW(Mid$(message, i, 1)) And &HFFFF&
              bytes(2 * i - 2) = code \ 256
              bytes(2 * i - 1) = code And 255
          Next
          EncodeBigEndian = bytes
      End Function
    `,
    node: code`
      function reply({ mosID, ncsID, messageID }, body) {
        const text =
          '<mos><mosID>' + escape(mosID) + '</mosID><ncsID>' + escape(ncsID) + '</ncsID>' +
          '<messageID>' + messageID + '</messageID>' + body + '</mos>';
        return Buffer.from(text, 'utf16le').swap16(); // Node writes low byte first, MOS wants high first
      }
    `,
    python: code`
      def reply(mos_id, ncs_id, message_id, body):
          text = (
              f"<mos><mosID>{escape(mos_id)}</mosID><ncsID>{escape(ncs_id)}</ncsID>"
              f"<messageID>{message_id}</messageID>{body}</mos>"
          )
          return text.encode("utf-16-be")     # "utf-16" would write a mark and low byte first
    `,
    delphi: code`
      function TMosServer.Reply(const MosID, NcsID, MessageID, Body: string): TIdBytes;
      var
        Text: string;
      begin
        Text := '<mos><mosID>' + Escape(MosID) + '</mosID><ncsID>' + Escape(NcsID) + '</ncsID>' +
          '<messageID>' + MessageID + '</messageID>' + Body + '</mos>';
        Result := TIdBytes(TEncoding.BigEndianUnicode.GetBytes(Text));   // GetBytes writes no mark
      end;
    `,
  },
};
