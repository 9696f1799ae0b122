/*
 * Sends back whatever it reads and closes when the other end has: the heartbeat that comes is the heartbeat that goes.
 * Behind a request of HTTP it closes first: that is how a client of HTTP/1.0, such as ab, knows the end of a reply.
 * Listens on every address, prints its port, ends with its standard input.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <stdio.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

enum { MOST_EVENTS = 256, MOST_ACCEPTED = 64, BACKLOG = 4096 };

static void watch(int epoll, int fd) {
  struct epoll_event event = {.events = EPOLLIN, .data.fd = fd};
  epoll_ctl(epoll, EPOLL_CTL_ADD, fd, &event);
}

int main(void) {
  static char bytes[65536];
  struct epoll_event events[MOST_EVENTS];
  struct sockaddr_in address = {.sin_family = AF_INET};
  socklen_t length = sizeof address;
  int listener = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  int epoll = epoll_create1(EPOLL_CLOEXEC);
  if (bind(listener, (struct sockaddr *)&address, length) || listen(listener, BACKLOG) ||
      getsockname(listener, (struct sockaddr *)&address, &length)) {
    perror("listen");
    return 1;
  }
  printf("%d\n", ntohs(address.sin_port));
  fflush(stdout);
  watch(epoll, listener);
  watch(epoll, STDIN_FILENO);
  for (;;) {
    int count = epoll_wait(epoll, events, MOST_EVENTS, -1);
    for (int i = 0; i < count; i++) {
      int fd = events[i].data.fd;
      if (fd == STDIN_FILENO) return 0;
      if (fd == listener) {
        for (int accepted = 0; accepted < MOST_ACCEPTED; accepted++) {
          int connection = accept4(listener, 0, 0, SOCK_NONBLOCK | SOCK_CLOEXEC);
          if (connection < 0) break;
          watch(epoll, connection);
        }
        continue;
      }
      ssize_t came = recv(fd, bytes, sizeof bytes, 0);
      if (came > 0) send(fd, bytes, came, MSG_NOSIGNAL);
      if (came > 0 ? bytes[0] == 'G' : came == 0 || errno != EAGAIN) close(fd);
    }
  }
}
