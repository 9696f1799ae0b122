import { code, type Remedy } from './remedy.ts';

/** Serving every connection on its own, so that none holds up the listener or another one. */
export const ACCEPT_LOOP: Remedy = {
  title: 'Accept for ever, serve each connection on its own',
  rule:
    'The code that accepts does nothing but accept. Each connection has a thread, task or state of its own, a limit ' +
    'on how long a write may wait, and keep-alive for a peer that vanishes.',
  examples: {
    csharp: code`
      void AcceptForEver(Socket listener)
      {
          while (true)
          {
              Socket connection;
              try
              {
                  connection = listener.Accept();
              }
              catch (SocketException error) when (error.SocketErrorCode == SocketError.ConnectionReset)
              {
                  continue;                   // it was gone before we took it; the next one waits
              }
              connection.SendTimeout = 10000; // a newsroom that stops reading costs one connection
              connection.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
              new Thread(() => ServeSafely(connection)) { IsBackground = true }.Start();
          }
      }
    `,
    java: code`
      void acceptForEver(ServerSocket listener) {
          ExecutorService workers = Executors.newCachedThreadPool();   // unlimited: idle ones must not block
          while (!listener.isClosed()) {
              try {
                  Socket connection = listener.accept();
                  connection.setKeepAlive(true);
                  workers.execute(() -> serveSafely(connection));
              } catch (IOException error) {
                  log(error.getMessage());    // one connection failed; go on accepting
              }
          }
          workers.shutdown();
      }
    `,
    winsock: code`
      void accept_for_ever(SOCKET listener)
      {
          for (;;) {
              SOCKET connection = accept(listener, NULL, NULL);
              if (connection == INVALID_SOCKET) {
                  if (WSAGetLastError() == WSAENOTSOCK || WSAGetLastError() == WSAEINTR)
                      return;                 /* we closed the listener ourselves */
                  continue;                   /* WSAECONNRESET: gone before we took it */
              }
              BOOL on = TRUE;
              DWORD limit = 10000;            /* ms; a newsroom that stops reading costs one connection */
              setsockopt(connection, SOL_SOCKET, SO_KEEPALIVE, (const char *)&on, sizeof on);
              setsockopt(connection, SOL_SOCKET, SO_SNDTIMEO, (const char *)&limit, sizeof limit);
              uintptr_t thread = _beginthreadex(NULL, 0, serve_thread, (void *)connection, 0, NULL);
              if (thread == 0)
                  closesocket(connection);
              else
                  CloseHandle((HANDLE)thread);
          }
      }
    `,
    epoll: code`
      void on_listener_readable(int poller, int listener)     /* a non-blocking listener */
      {
          for (;;) {
              int connection = accept4(listener, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);
              if (connection < 0) {
                  if (errno == EINTR || errno == ECONNABORTED || errno == EPROTO)
                      continue;               /* gone before we took it; the next one waits */
                  return;                     /* EAGAIN: none left; EMFILE: try again after the next close */
              }
              int on = 1;
              setsockopt(connection, SOL_SOCKET, SO_KEEPALIVE, &on, sizeof on);
              struct client *c = new_client(connection);
              struct epoll_event event = {.events = EPOLLIN | EPOLLRDHUP, .data = {.ptr = c}};
              if (c == NULL || epoll_ctl(poller, EPOLL_CTL_ADD, connection, &event) < 0) {
                  free(c);
                  close(connection);
              }
          }
      }
    `,
    visualbasic: code`
      ' sckMos(0) only listens. Every request gets an element of the array that is free.
      Private Sub sckMos_ConnectionRequest(Index As Integer, ByVal requestID As Long)
          Dim i As Integer
          For i = 1 To sckMos.UBound
              If sckMos(i).State = sckClosed Then Exit For
          Next
          If i > sckMos.UBound Then Load sckMos(i)
          sckMos(i).LocalPort = 0
          sckMos(i).Accept requestID
      End Sub
    `,
    node: code`
      const server = net.createServer((connection) => {
        connection.setKeepAlive(true, 60_000); // notices a newsroom that vanished
        connection.on('error', (error) => log(error.code));
        connection.on('data', (bytes) => {
          // The event loop serves everybody: no synchronous waiting in here.
          if (connection.writableLength > 1_048_576) connection.destroy(); // the newsroom stopped reading
          else consume(connection, bytes);
        });
      });
      server.on('error', (error) => log(error.code));
      server.listen(10540);
    `,
    python: code`
      def accept_for_ever(listener):
          while True:
              try:
                  connection, _ = listener.accept()
              except ConnectionError:         # gone before we took it; the next one waits
                  continue
              except OSError as error:
                  if listener.fileno() < 0:   # we closed the listener ourselves
                      return
                  logging.warning("accept: %s", error)
                  time.sleep(0.1)             # out of descriptors: wait, never stop listening
                  continue
              connection.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
              threading.Thread(target=serve_safely, args=(connection,), daemon=True).start()
    `,
    delphi: code`
      // Indy accepts on a thread of its own and gives each connection another one: do not
      // serialise them again by Synchronize or by one critical section around the exchange.
      procedure TMosServer.FormCreate(Sender: TObject);
      begin
        Server.MaxConnections := 0;           // no limit
        Server.ListenQueue := 50;
        Server.OnExecute := ServerExecute;
        Server.OnConnect := ServerConnect;
        Server.OnDisconnect := ServerDisconnect;
        Server.Active := True;
      end;

      procedure TMosServer.ServerConnect(AContext: TIdContext);
      begin
        AContext.Connection.Socket.Binding.SetSockOpt(Id_SOL_SOCKET, Id_SO_KEEPALIVE, 1);
      end;
      // TServerSocket: use stThreadBlocking, not a blocking exchange inside OnClientRead.
    `,
  },
};
