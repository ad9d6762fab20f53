/* A stand-in for Mailpit: takes mail on 1025, counts it, and answers HTTP on 8025.
 *   /mailpit          the servers
 *   /mailpit readyz   exit 0 when http://127.0.0.1:8025/readyz answers 200, else 1
 * HTTP: /readyz and /livez say "ok", /api/v1/messages gives {"total":N}, / a page, anything else 404. */
#include <arpa/inet.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/mman.h>
#include <unistd.h>

static int *mails; /* shared by the processes of all connections */

static void finish(int signal_number) {
  (void)signal_number;
  _exit(0); /* process 1 has no default action for SIGTERM */
}

static struct sockaddr_in address(unsigned int host, int port) {
  struct sockaddr_in a = {.sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = htonl(host)};
  return a;
}

static int listen_on(int port) {
  struct sockaddr_in a = address(INADDR_ANY, port);
  int s = socket(AF_INET, SOCK_STREAM, 0), on = 1;
  setsockopt(s, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  if (bind(s, (struct sockaddr *)&a, sizeof a) || listen(s, 64)) {
    perror("listen");
    exit(1);
  }
  return s;
}

static void serve_http(FILE *in, FILE *out) {
  char line[4096], path[2048] = "/", body[256];
  const char *status = "200 OK", *type = "text/plain";
  if (!fgets(line, sizeof line, in)) return;
  sscanf(line, "%*15s %2047s", path);
  while (fgets(line, sizeof line, in) && strcmp(line, "\r\n") && strcmp(line, "\n"))
    ;
  if (!strcmp(path, "/readyz") || !strcmp(path, "/livez")) {
    strcpy(body, "ok");
  } else if (!strncmp(path, "/api/v1/messages", 16)) {
    type = "application/json";
    snprintf(body, sizeof body, "{\"total\":%d,\"unread\":%d,\"messages\":[]}", *mails, *mails);
  } else if (!strcmp(path, "/")) {
    type = "text/html";
    snprintf(body, sizeof body, "<!doctype html><title>Mailpit (stand-in)</title><p>%d mails", *mails);
  } else {
    status = "404 Not Found";
    strcpy(body, "not found");
  }
  fprintf(out, "HTTP/1.1 %s\r\nContent-Type: %s\r\nContent-Length: %zu\r\nConnection: close\r\n\r\n%s", status, type, strlen(body), body);
}

static void serve_smtp(FILE *in, FILE *out) {
  char line[4096];
  int in_data = 0;
  fputs("220 mailpit stand-in ESMTP\r\n", out);
  fflush(out);
  while (fgets(line, sizeof line, in)) {
    if (in_data) {
      if (strcmp(line, ".\r\n") && strcmp(line, ".\n")) continue;
      in_data = 0;
      __sync_fetch_and_add(mails, 1);
      fputs("250 queued\r\n", out);
    } else if (!strncasecmp(line, "DATA", 4)) {
      in_data = 1;
      fputs("354 end with a dot\r\n", out);
    } else if (!strncasecmp(line, "QUIT", 4)) {
      fputs("221 bye\r\n", out);
      return;
    } else {
      fputs("250 ok\r\n", out);
    }
    fflush(out);
  }
}

static int readyz(void) {
  struct sockaddr_in a = address(INADDR_LOOPBACK, 8025);
  const char request[] = "GET /readyz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
  char answer[13] = "";
  int s = socket(AF_INET, SOCK_STREAM, 0);
  alarm(3);
  if (connect(s, (struct sockaddr *)&a, sizeof a) || write(s, request, sizeof request - 1) < 0) return 1;
  if (recv(s, answer, 12, MSG_WAITALL) != 12) return 1;
  return strcmp(answer, "HTTP/1.1 200") != 0;
}

int main(int count, char **arguments) {
  if (count > 1 && !strcmp(arguments[1], "readyz")) return readyz();
  signal(SIGTERM, finish);
  signal(SIGINT, finish);
  signal(SIGCHLD, SIG_IGN);
  signal(SIGPIPE, SIG_IGN);
  mails = mmap(NULL, sizeof *mails, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  struct pollfd ports[2] = {{listen_on(8025), POLLIN, 0}, {listen_on(1025), POLLIN, 0}};
  puts("stand-in for mailpit: http on 8025, smtp on 1025");
  fflush(stdout);
  for (;;) {
    if (poll(ports, 2, -1) < 0) continue;
    for (int i = 0; i < 2; i++) {
      if (!(ports[i].revents & POLLIN)) continue;
      int connection = accept(ports[i].fd, NULL, NULL);
      if (connection >= 0 && fork() == 0) {
        FILE *in = fdopen(connection, "r"), *out = fdopen(dup(connection), "w");
        alarm(60); /* a silent client does not stay for ever */
        if (i == 0) serve_http(in, out); else serve_smtp(in, out);
        fflush(out);
        _exit(0);
      }
      if (connection >= 0) close(connection);
    }
  }
}
