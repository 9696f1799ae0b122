import { code, type Remedy } from './remedy.ts';

/** Answering what was asked before a half-close, then closing. */
export const FINISH_THEN_CLOSE: Remedy = {
  title: 'Answer what was asked, then close',
  rule:
    'The FIN of the newsroom says that it sends no more, not that it stopped reading. Finish the requests that ' +
    'were received, write the replies out, and close then, without waiting for anything else.',
  examples: {
    csharp: code`
      void Serve(Socket connection)
      {
          using (connection)
          {
              var framer = new Framer();
              var buffer = new byte[8192];
              int count;
              while ((count = connection.Receive(buffer)) > 0)
              {
                  foreach (var request in framer.Push(buffer, count))
                  {
                      SendAll(connection, Answer(request));   // answered before the 0 is even read
                  }
              }
              connection.Shutdown(SocketShutdown.Send);       // our FIN, behind the last reply
          }
      }
    `,
    java: code`
      void serve(Socket connection) throws IOException {
          try (connection) {
              Framer framer = new Framer();
              InputStream in = connection.getInputStream();
              OutputStream out = connection.getOutputStream();
              byte[] buffer = new byte[8192];
              int count;
              while ((count = in.read(buffer)) != -1) {
                  for (String request : framer.push(buffer, count)) {
                      out.write(answer(request));             // answered before the -1 is even read
                  }
                  out.flush();
              }
              connection.shutdownOutput();                    // our FIN, behind the last reply
          }
      }
    `,
    winsock: code`
      void serve(SOCKET connection)
      {
          char buffer[8192];
          int count;
          while ((count = recv(connection, buffer, sizeof buffer, 0)) > 0)
              answer_all(connection, buffer, count);          /* sends its replies before it returns */
          if (count == 0)
              shutdown(connection, SD_SEND);                  /* our FIN, behind the last reply */
          closesocket(connection);
      }
      /* FD_CLOSE can come with data still unread: recv until it returns 0, answer, then close. */
    `,
    epoll: code`
      struct client { int fd; int ended; size_t unsent; };    /* unsent: bytes of replies not yet written */

      void on_end_of_input(struct client *c)                  /* recv returned 0 */
      {
          c->ended = 1;
          close_when_finished(c);
      }

      void on_writable(struct client *c)                      /* EPOLLOUT */
      {
          write_queued_replies(c);                            /* lowers c->unsent */
          close_when_finished(c);
      }

      void close_when_finished(struct client *c)
      {
          if (!c->ended || c->unsent > 0)
              return;
          close(c->fd);                                       /* our FIN, behind the last reply */
          free(c);
      }
    `,
    visualbasic: code`
      ' The control delivers a request before it raises Close: answer it right there.
      Private Sub sckMos_DataArrival(Index As Integer, ByVal bytesTotal As Long)
          Dim received() As Byte
          sckMos(Index).GetData received, vbArray + vbByte
          sckMos(Index).SendData AnswerTo(Index, received)
      End Sub

      Private Sub sckMos_Close(Index As Integer)
          DoEvents                 ' lets the control hand over what SendData has queued
          sckMos(Index).Close
      End Sub
    `,
    node: code`
      const server = net.createServer({ allowHalfOpen: true }, (connection) => {
        const framer = new Framer();
        let answered = Promise.resolve();
        connection.on('data', (bytes) => {
          answered = answered
            .then(async () => {
              for (const request of framer.push(bytes)) connection.write(await answer(request));
            })
            .catch(() => connection.destroy());
        });
        connection.on('end', () => answered.then(() => connection.end())); // our FIN, behind the last reply
        connection.on('error', () => connection.destroy());
      });
    `,
    python: code`
      def serve(connection):
          framer = Framer()
          with connection:
              while True:
                  data = connection.recv(8192)
                  if not data:
                      break
                  for request in framer.push(data):
                      connection.sendall(answer(request))     # answered before the b"" is even read
              connection.shutdown(socket.SHUT_WR)             # our FIN, behind the last reply
    `,
    delphi: code`
      // Requests that came before the FIN are still in the buffer: answer them first. The next read
      // raises EIdConnClosedGracefully, which leaves OnExecute, and Indy closes the socket.
      procedure TMosServer.ServerExecute(AContext: TIdContext);
      var
        Data: TIdBytes;
        Request: string;
      begin
        SetLength(Data, 0);
        AContext.Connection.IOHandler.ReadBytes(Data, -1, False);
        for Request in SessionOf(AContext).Framer.Push(Data) do
          AContext.Connection.IOHandler.Write(AnswerTo(Request));
      end;
    `,
  },
};
