import { code, type Remedy } from './remedy.ts';

/** Closing the accepted socket when the newsroom has closed: the remedy of the Associated Press' paper. */
export const CLOSE_ON_EOF: Remedy = {
  title: 'Close the socket when the newsroom closes',
  rule:
    'A read that returns nothing is the FIN of the newsroom. Close the accepted socket there, on every way out ' +
    'of the code that serves it: nothing else ends CLOSE_WAIT.',
  examples: {
    csharp: code`
      void Serve(Socket connection)
      {
          using (connection)                  // closes on every way out, exceptions included
          {
              var buffer = new byte[8192];
              int count;
              while ((count = connection.Receive(buffer)) > 0)
              {
                  Consume(connection, buffer, count);
              }
          }                                   // Receive returned 0: the newsroom has closed
      }
      // With BeginReceive: when EndReceive returns 0, call connection.Close() and start no further read.
    `,
    java: code`
      void serve(Socket connection) throws IOException {
          try (connection) {                  // closes on every way out, exceptions included
              InputStream in = connection.getInputStream();
              byte[] buffer = new byte[8192];
              int count;
              while ((count = in.read(buffer)) != -1) {
                  consume(connection, buffer, count);
              }
          }                                   // read returned -1: the newsroom has closed
      }
      // With a Selector: when SocketChannel.read returns -1, call channel.close().
    `,
    winsock: code`
      void serve(SOCKET connection)
      {
          char buffer[8192];
          int count;
          while ((count = recv(connection, buffer, sizeof buffer, 0)) > 0)
              consume(connection, buffer, count);
          closesocket(connection);            /* 0: the newsroom closed; SOCKET_ERROR: it reset */
      }
      /* With WSAAsyncSelect or WSAEventSelect: on FD_CLOSE read what is left, then closesocket. */
    `,
    epoll: code`
      void on_readable(int connection)        /* a non-blocking socket */
      {
          char buffer[8192];
          for (;;) {
              ssize_t count = recv(connection, buffer, sizeof buffer, 0);
              if (count > 0) {
                  consume(connection, buffer, (size_t)count);
                  continue;
              }
              if (count < 0 && errno == EINTR)
                  continue;
              if (count < 0 && (errno == EAGAIN || errno == EWOULDBLOCK))
                  return;
              close(connection);              /* 0: the newsroom closed; -1: it reset */
              return;
          }
      }
    `,
    visualbasic: code`
      ' The Close event says that the newsroom has closed. Without this call the socket
      ' stays in CLOSE_WAIT until the application ends.
      Private Sub sckMos_Close(Index As Integer)
          sckMos(Index).Close
      End Sub

      Private Sub sckMos_Error(Index As Integer, ByVal Number As Integer, Description As String, _
              ByVal Scode As Long, ByVal Source As String, ByVal HelpFile As String, _
              ByVal HelpContext As Long, CancelDisplay As Boolean)
          CancelDisplay = True
          sckMos(Index).Close
      End Sub
    `,
    node: code`
      const server = net.createServer({ allowHalfOpen: true }, (connection) => {
        connection.on('data', (bytes) => consume(connection, bytes)); // 'end' comes only if somebody reads
        connection.on('end', () => connection.end()); // the newsroom has closed: close too
        connection.on('error', () => connection.destroy());
      });
      // Without allowHalfOpen Node sends its FIN by itself, if the data is read to the end.
    `,
    python: code`
      def serve(connection):
          with connection:                    # closes on every way out, exceptions included
              while True:
                  data = connection.recv(8192)
                  if not data:                # the newsroom has closed
                      return
                  consume(connection, data)

      # With asyncio: when reader.read() returns b"", call writer.close() and await writer.wait_closed().
    `,
    delphi: code`
      // Indy closes the socket when EIdConnClosedGracefully leaves OnExecute. An empty
      // "except" around the read catches it, and the socket stays in CLOSE_WAIT.
      procedure TMosServer.ServerExecute(AContext: TIdContext);
      var
        Data: TIdBytes;
      begin
        SetLength(Data, 0);
        AContext.Connection.IOHandler.ReadBytes(Data, -1, False);
        Consume(AContext, Data);
      end;
      // TServerSocket with stThreadBlocking: when TWinSocketStream.Read returns 0 after WaitForData
      // said True, call ClientSocket.Close and leave ClientExecute.
    `,
  },
};
