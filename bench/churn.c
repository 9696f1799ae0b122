/*
 * What one would write in C: connects, sends the message that comes on standard input, reads as many bytes back,
 * closes; so many at once. Counts nothing and looks at nothing. Prints connections a second.
 * Usage: churn ADDRESS PORT CONNECTIONS AT_ONCE < message
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { MOST_EVENTS = 512, MOST_DESCRIPTORS = 65536 };

static struct sockaddr_in server = {.sin_family = AF_INET};
static char message[65536], answer[65536];
static ssize_t length;
static int epoll;
/* Bytes that came on a descriptor; -1 before anything was sent. */
static ssize_t came[MOST_DESCRIPTORS];

static void fail(const char *what) {
  perror(what);
  exit(1);
}

static void begin(void) {
  int fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  if (fd < 0 || fd >= MOST_DESCRIPTORS) fail("socket");
  if (connect(fd, (struct sockaddr *)&server, sizeof server) && errno != EINPROGRESS) fail("connect");
  struct epoll_event event = {.events = EPOLLIN | EPOLLOUT | EPOLLET, .data.fd = fd};
  epoll_ctl(epoll, EPOLL_CTL_ADD, fd, &event);
  came[fd] = -1;
}

/* Whether this connection has done its work. */
static int goOn(int fd, unsigned events) {
  if (events & (EPOLLERR | EPOLLHUP)) fail("connection");
  if (came[fd] < 0 && events & EPOLLOUT) {
    if (send(fd, message, length, MSG_NOSIGNAL) != length) fail("send");
    came[fd] = 0;
  }
  if (!(events & EPOLLIN)) return 0;
  ssize_t more = recv(fd, answer, sizeof answer, 0);
  if (more <= 0) fail("recv");
  came[fd] += more;
  return came[fd] >= length;
}

int main(int count, char **arguments) {
  if (count != 5 || inet_pton(AF_INET, arguments[1], &server.sin_addr) != 1) return 2;
  server.sin_port = htons(atoi(arguments[2]));
  long wanted = atol(arguments[3]), atOnce = atol(arguments[4]), begun = 0, done = 0;
  struct epoll_event events[MOST_EVENTS];
  struct timespec start, end;
  length = fread(message, 1, sizeof message, stdin);
  epoll = epoll_create1(EPOLL_CLOEXEC);
  clock_gettime(CLOCK_MONOTONIC, &start);
  for (; begun < wanted && begun < atOnce; begun++) begin();
  while (done < wanted) {
    int ready = epoll_wait(epoll, events, MOST_EVENTS, -1);
    for (int i = 0; i < ready; i++) {
      if (!goOn(events[i].data.fd, events[i].events)) continue;
      close(events[i].data.fd);
      done++;
      if (begun < wanted) begin(), begun++;
    }
  }
  clock_gettime(CLOCK_MONOTONIC, &end);
  printf("%.1f\n", wanted / ((end.tv_sec - start.tv_sec) + (end.tv_nsec - start.tv_nsec) / 1e9));
  return 0;
}
