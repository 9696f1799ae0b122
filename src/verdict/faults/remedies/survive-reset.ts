import { code, type Remedy } from './remedy.ts';

/** A reset ends one connection and nothing else. */
export const SURVIVE_RESET: Remedy = {
  title: 'Let a reset end one connection and nothing else',
  rule:
    'Any read, write or accept can fail because the newsroom is gone. Handle the error where the connection is ' +
    'served, close its descriptor and free its timers and threads there, and never let it reach the listener.',
  examples: {
    csharp: code`
      void ServeSafely(Socket connection)
      {
          try
          {
              Serve(connection);
          }
          catch (Exception error) when (error is SocketException or IOException or ObjectDisposedException)
          {
              Log(error.Message);             // ConnectionReset is an ordinary end of a connection
          }
          finally
          {
              connection.Dispose();           // also after an error: the descriptor must go
          }
      }
    `,
    java: code`
      void serveSafely(Socket connection) {
          try (connection) {                  // also after an error: the descriptor must go
              serve(connection);
          } catch (IOException error) {       // "Connection reset" is an ordinary end of a connection
              log(error.getMessage());
          } catch (RuntimeException error) {  // a bad message must not end the server either
              log("closed after " + error);
          }
      }
    `,
    winsock: code`
      int count = recv(connection, buffer, sizeof buffer, 0);
      if (count == SOCKET_ERROR) {
          int error = WSAGetLastError();
          if (error != WSAEWOULDBLOCK) {
              log_error("connection ended", error);   /* WSAECONNRESET, WSAECONNABORTED, ... */
              closesocket(connection);                /* a reset does not free the handle by itself */
              forget_connection(connection);
          }
          return;
      }
      /* The same after send. Never ExitProcess or close the listener because one connection failed. */
    `,
    epoll: code`
      void start(void)
      {
          signal(SIGPIPE, SIG_IGN);           /* otherwise a write to a closed connection ends the process */
      }

      void on_event(const struct epoll_event *event)
      {
          struct client *c = event->data.ptr;
          if (event->events & (EPOLLERR | EPOLLHUP)) {
              cancel_timers(c);
              close(c->fd);                   /* a reset does not free the descriptor by itself */
              free(c);
              return;
          }
          serve_client(c);
      }
      /* Send with MSG_NOSIGNAL and treat ECONNRESET and EPIPE like an orderly end. */
    `,
    visualbasic: code`
      Private Sub sckMos_Error(Index As Integer, ByVal Number As Integer, Description As String, _
              ByVal Scode As Long, ByVal Source As String, ByVal HelpFile As String, _
              ByVal HelpContext As Long, CancelDisplay As Boolean)
          CancelDisplay = True                ' no message box: nobody is there to click it away
          sckMos(Index).Close                 ' 10053 and 10054: this connection is over, only this one
      End Sub

      Private Sub Reply(Index As Integer, bytes() As Byte)
          On Error GoTo Gone
          sckMos(Index).SendData bytes
          Exit Sub
      Gone:
          sckMos(Index).Close
      End Sub
    `,
    node: code`
      const server = net.createServer((connection) => {
        connection.on('error', (error) => log(error.code)); // without a listener the process ends
        connection.on('close', () => forget(connection)); // clears its timers, however it ended
        connection.on('data', (bytes) => {
          try {
            consume(connection, bytes);
          } catch (error) {
            log(error.message);
            connection.destroy();
          }
        });
      });
    `,
    python: code`
      def serve_safely(connection):
          try:
              with connection:                # also after an error: the descriptor must go
                  serve(connection)
          except OSError as error:            # ConnectionResetError, BrokenPipeError, timeouts
              logging.info("connection ended: %s", error)
          except Exception:                   # a bad message must not end the server either
              logging.exception("connection closed after an error")
    `,
    delphi: code`
      // Indy ends only this connection's thread when an exception leaves OnExecute.
      // Free what belongs to the connection in OnDisconnect; it runs after a reset too.
      procedure TMosServer.ServerDisconnect(AContext: TIdContext);
      begin
        TSession(AContext.Data).Free;
        AContext.Data := nil;
      end;

      procedure TMosServer.ServerException(AContext: TIdContext; AException: Exception);
      begin
        Log(AException.Message);              // EIdSocketError 10054 is an ordinary end of a connection
      end;
      // TServerSocket: set ErrorCode := 0 and call Socket.Close in OnClientError.
    `,
  },
};
