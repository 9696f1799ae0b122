import { code, type Remedy } from './remedy.ts';

/** A session for each connection, and replies on the connection that asked. */
export const DO_NOT_SHARE_STATE: Remedy = {
  title: 'Keep a session for each connection and reply where you were asked',
  rule:
    'Everything that belongs to an exchange (socket, bytes received so far, pending request) lives in an object made ' +
    'for that connection. No "current" socket, no session looked up by the address or ncsID of the newsroom: it may ' +
    'hold several connections and may come back before you noticed that it left.',
  examples: {
    csharp: code`
      sealed class Session
      {
          readonly Socket connection;                 // the only socket that this session answers on
          readonly Framer framer = new Framer();      // its own half of a message

          public Session(Socket connection) { this.connection = connection; }

          public void Received(byte[] bytes, int count)
          {
              foreach (var request in framer.Push(bytes, count))
              {
                  SendAll(connection, Answer(request));
              }
          }
      }
      // One new Session(listener.Accept()) for each connection. No static socket, no table by ncsID.
    `,
    java: code`
      final class Session implements Runnable {
          private final Socket connection;                // the only socket that this session answers on
          private final Framer framer = new Framer();     // its own half of a message

          Session(Socket connection) {
              this.connection = connection;
          }

          @Override
          public void run() {
              try (connection) {
                  byte[] buffer = new byte[8192];
                  for (int count; (count = connection.getInputStream().read(buffer)) != -1; ) {
                      for (String request : framer.push(buffer, count)) {
                          connection.getOutputStream().write(answer(request));
                      }
                  }
              } catch (IOException error) {
                  log(error.getMessage());
              }
          }
      }
    `,
    winsock: code`
      struct session {
          SOCKET connection;                  /* the only socket that this session answers on */
          unsigned char bytes[65536];         /* its own half of a message */
          size_t used;
      };

      unsigned __stdcall serve_thread(void *argument)
      {
          struct session *s = calloc(1, sizeof *s);
          SOCKET connection = (SOCKET)argument;
          if (s != NULL) {
              s->connection = connection;
              run_session(s);                 /* returns when the newsroom has closed or reset */
              free(s);
          }
          closesocket(connection);
          return 0;
      }
      /* No global "current socket": two connections would overwrite it. */
    `,
    epoll: code`
      struct client {
          int fd;                             /* the only descriptor that this client is answered on */
          unsigned char bytes[65536];         /* its own half of a message */
          size_t used;
      };

      struct client *new_client(int connection)
      {
          struct client *c = calloc(1, sizeof *c);
          if (c != NULL)
              c->fd = connection;
          return c;
      }
      /* Keep the pointer in epoll_data.ptr; a descriptor number is used again after close. */
    `,
    visualbasic: code`
      ' Index says which connection asked. Answer on that element; keep no "last index".
      Private Text() As String                 ' one element per connection

      Private Sub AnswerTo(ByVal Index As Integer, ByVal request As String)
          If sckMos(Index).State = sckConnected Then
              sckMos(Index).SendData EncodeBigEndian(AnswerFor(request))
          End If
      End Sub

      Private Sub sckMos_Close(Index As Integer)
          Text(Index) = ""                     ' the next connection starts empty
          sckMos(Index).Close
      End Sub
    `,
    node: code`
      const server = net.createServer((connection) => {
        const framer = new Framer(); // belongs to this connection, like everything declared here
        connection.on('data', (bytes) => {
          try {
            for (const request of framer.push(bytes)) connection.write(answer(request)); // who asked, no other
          } catch (error) {
            log(error.message);
            connection.destroy();
          }
        });
        connection.on('error', (error) => log(error.code));
      });
    `,
    python: code`
      class Session:
          def __init__(self, connection):
              self.connection = connection    # the only socket that this session answers on
              self.framer = Framer()          # its own half of a message

          def run(self):
              with self.connection:
                  while data := self.connection.recv(8192):
                      for request in self.framer.push(data):
                          self.connection.sendall(answer(request))

      # One Session(connection) for each accept. No global socket, no dictionary by address or ncsID.
    `,
    delphi: code`
      procedure TMosServer.ServerConnect(AContext: TIdContext);
      begin
        AContext.Data := TSession.Create;     // belongs to this connection; freed in OnDisconnect
      end;

      procedure TMosServer.ServerExecute(AContext: TIdContext);
      var
        Data: TIdBytes;
        Request: string;
      begin
        SetLength(Data, 0);
        AContext.Connection.IOHandler.ReadBytes(Data, -1, False);
        for Request in TSession(AContext.Data).Framer.Push(Data) do
          AContext.Connection.IOHandler.Write(AnswerTo(Request));   // the connection that asked, no other
      end;
    `,
  },
};
