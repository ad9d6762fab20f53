/* A stand-in for Grafana, of its health alone: GET /api/health on 3000 says what a healthy Grafana says, anything else is 404.
 * It ends at once when GF_SECURITY_ADMIN_PASSWORD__FILE names a file that it cannot read, as the image's start script does. */
#include <arpa/inet.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void finish(int signal_number) {
  (void)signal_number;
  _exit(0); /* process 1 has no default action for SIGTERM */
}

static void answer(int connection) {
  char request[4096] = "", *path, *end;
  const char *status = "404 Not Found", *body = "{\"message\":\"a stand-in: only /api/health is here\"}";
  if (read(connection, request, sizeof request - 1) <= 0) return;
  path = strchr(request, ' ');
  end = path ? strchr(path + 1, ' ') : NULL;
  if (end) *end = 0;
  if (path && !strcmp(path + 1, "/api/health")) {
    status = "200 OK";
    body = "{\"database\":\"ok\",\"version\":\"stand-in\"}";
  }
  dprintf(connection, "HTTP/1.1 %s\r\nContent-Type: application/json\r\nContent-Length: %zu\r\nConnection: close\r\n\r\n%s", status, strlen(body), body);
}

int main(void) {
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(3000), .sin_addr.s_addr = htonl(INADDR_ANY)};
  struct timeval patience = {.tv_sec = 5};
  const char *password = getenv("GF_SECURITY_ADMIN_PASSWORD__FILE");
  int listener = socket(AF_INET, SOCK_STREAM, 0), on = 1;
  signal(SIGTERM, finish);
  signal(SIGINT, finish);
  signal(SIGPIPE, SIG_IGN);
  if (password && access(password, R_OK)) {
    perror(password);
    return 1;
  }
  setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  if (bind(listener, (struct sockaddr *)&address, sizeof address) || listen(listener, 64)) {
    perror("listen");
    return 1;
  }
  puts("stand-in for Grafana: health on 3000");
  fflush(stdout);
  for (;;) {
    int connection = accept(listener, NULL, NULL);
    if (connection < 0) continue;
    setsockopt(connection, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    answer(connection);
    close(connection);
  }
}
