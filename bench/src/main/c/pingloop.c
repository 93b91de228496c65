// The limit to compare with: the least that a program can do to ping addresses of 127.0.0.0/8 and
// measure each reply as the engine does. One raw or datagram ICMP socket, sendmmsg and recvmmsg of
// 64 messages, kernel receive stamps, TTL and drop counts, one table by sequence, no error handling
// beyond stopping.
//
// Usage: pingloop ADDRESSES PINGS raw|datagram [paced]
// Paced, it pings each address once a second in 200 equal steps of 5 ms; otherwise at full speed.
// Prints: replies, user+system microseconds of this process, wall microseconds, sum of latencies
// in microseconds.
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/ip.h>
#include <netinet/ip_icmp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define BATCH 64
#define STEP_NANOS 5000000LL
#define STEPS 200
#define PAYLOAD 56
#define MESSAGE (8 + PAYLOAD)
#define ROOM 128
#define CONTROL 128

static struct mmsghdr out[BATCH], in[BATCH];
static struct iovec out_iov[BATCH], in_iov[BATCH];
static struct sockaddr_in out_name[BATCH], in_name[BATCH];
static unsigned char out_bytes[BATCH][MESSAGE], in_bytes[BATCH][ROOM];
static unsigned char in_control[BATCH][CONTROL] __attribute__((aligned(8)));
static uint64_t token_of[65536];
static int64_t sent_at[65536];
static uint32_t address_of[65536];
static unsigned char waiting[65536];

static int64_t now(clockid_t clock) {
  struct timespec t;
  clock_gettime(clock, &t);
  return t.tv_sec * 1000000000LL + t.tv_nsec;
}

static void die(const char *what) {
  perror(what);
  exit(1);
}

static uint16_t checksum(const unsigned char *bytes, int length) {
  uint32_t sum = 0;
  for (int i = 0; i < length; i += 2) sum += bytes[i] << 8 | bytes[i + 1];
  while (sum >> 16) sum = (sum & 0xffff) + (sum >> 16);
  return htons((uint16_t)~sum);
}

int main(int argc, char **argv) {
  if (argc != 4 && argc != 5) {
    fprintf(stderr, "Usage: pingloop ADDRESSES PINGS raw|datagram [paced]\n");
    return 2;
  }
  long addresses = atol(argv[1]), pings = atol(argv[2]);
  int raw = strcmp(argv[3], "raw") == 0;
  int fd = socket(AF_INET, (raw ? SOCK_RAW : SOCK_DGRAM) | SOCK_NONBLOCK, IPPROTO_ICMP);
  if (fd < 0) die("socket");
  int on = 1, buffer = 4 << 20;
  if (raw) {
    uint32_t block = ~(1u << ICMP_ECHOREPLY);
    if (setsockopt(fd, SOL_RAW, 1 /* ICMP_FILTER */, &block, sizeof block)) die("ICMP_FILTER");
  }
  if (setsockopt(fd, SOL_IP, IP_RECVERR, &on, sizeof on)) die("IP_RECVERR");
  if (setsockopt(fd, SOL_IP, IP_RECVTTL, &on, sizeof on)) die("IP_RECVTTL");
  if (setsockopt(fd, SOL_SOCKET, SO_TIMESTAMPNS, &on, sizeof on)) die("SO_TIMESTAMPNS");
  if (setsockopt(fd, SOL_SOCKET, SO_RXQ_OVFL, &on, sizeof on)) die("SO_RXQ_OVFL");
  if (setsockopt(fd, SOL_SOCKET, SO_RCVBUFFORCE, &buffer, sizeof buffer))
    setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &buffer, sizeof buffer);
  uint16_t id = (uint16_t)getpid();
  for (int i = 0; i < BATCH; i++) {
    for (int at = 0; at < MESSAGE; at++) out_bytes[i][at] = (unsigned char)at;
    out_iov[i] = (struct iovec){out_bytes[i], MESSAGE};
    out_name[i].sin_family = AF_INET;
    out[i].msg_hdr = (struct msghdr){&out_name[i], sizeof out_name[i], &out_iov[i], 1, 0, 0, 0};
    in_iov[i] = (struct iovec){in_bytes[i], ROOM};
  }
  int paced = argc == 5;
  long sent = 0, replies = 0, step = 0;
  int64_t latencies = 0, started = now(CLOCK_MONOTONIC);
  while (sent < pings) {
    int batch = BATCH;
    if (paced) {
      int64_t due = started + ++step * STEP_NANOS;
      struct timespec until = {due / 1000000000, due % 1000000000};
      clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &until, NULL);
      long wanted = addresses * step / STEPS - sent;
      batch = wanted > BATCH ? BATCH : (int)wanted;
      if (batch == 0) continue;
    }
    for (int i = 0; i < batch; i++) {
      long ping = sent + i;
      uint16_t sequence = (uint16_t)ping;
      struct icmphdr *header = (struct icmphdr *)out_bytes[i];
      uint64_t token = (uint64_t)ping * 0x9e3779b97f4a7c15ULL;
      uint32_t address = 0x7f000001u + (uint32_t)(ping % addresses);
      *header = (struct icmphdr){.type = ICMP_ECHO};
      header->un.echo.id = htons(id);
      header->un.echo.sequence = htons(sequence);
      memcpy(out_bytes[i] + 8, &token, 8);
      if (raw) header->checksum = checksum(out_bytes[i], MESSAGE);
      token_of[sequence] = token;
      address_of[sequence] = htonl(address);
      waiting[sequence] = 1;
      out_name[i].sin_addr.s_addr = htonl(address);
    }
    int64_t before = now(CLOCK_MONOTONIC);
    int result = sendmmsg(fd, out, (unsigned)batch, MSG_DONTWAIT);
    int64_t after = now(CLOCK_MONOTONIC);
    if (result <= 0) die("sendmmsg");
    for (int i = 0; i < result; i++)
      sent_at[(uint16_t)(sent + i)] = before + (after - before) * i / result;
    sent += result;
    for (;;) {
      for (int i = 0; i < BATCH; i++)
        in[i].msg_hdr = (struct msghdr){&in_name[i], sizeof in_name[i], &in_iov[i], 1,
                                        in_control[i], CONTROL, 0};
      int got = recvmmsg(fd, in, BATCH, MSG_DONTWAIT, NULL);
      if (got < 0 && errno != EAGAIN) die("recvmmsg");
      if (got <= 0) break;
      int64_t wall = now(CLOCK_REALTIME), mono = now(CLOCK_MONOTONIC);
      for (int i = 0; i < got; i++) {
        unsigned char *icmp = in_bytes[i];
        long length = in[i].msg_len;
        int64_t stamp = wall;
        int ttl = 0;
        for (struct cmsghdr *c = CMSG_FIRSTHDR(&in[i].msg_hdr); c;
             c = CMSG_NXTHDR(&in[i].msg_hdr, c)) {
          if (c->cmsg_level == SOL_SOCKET && c->cmsg_type == SO_TIMESTAMPNS) {
            struct timespec t;
            memcpy(&t, CMSG_DATA(c), sizeof t);
            stamp = t.tv_sec * 1000000000LL + t.tv_nsec;
          } else if (c->cmsg_level == SOL_IP && c->cmsg_type == IP_TTL) {
            memcpy(&ttl, CMSG_DATA(c), sizeof ttl);
          }
        }
        if (raw) {
          int header = (icmp[0] & 15) * 4;
          icmp += header;
          length -= header;
          if (checksum(icmp, MESSAGE) != 0) continue;
        }
        if (length != MESSAGE || icmp[0] != ICMP_ECHOREPLY || ttl <= 0) continue;
        uint16_t sequence = (uint16_t)(icmp[6] << 8 | icmp[7]);
        if (!waiting[sequence] || address_of[sequence] != in_name[i].sin_addr.s_addr ||
            memcmp(icmp + 8, &token_of[sequence], 8) != 0 ||
            memcmp(icmp + 16, out_bytes[0] + 16, MESSAGE - 16) != 0)
          continue;
        waiting[sequence] = 0;
        int64_t latency = mono - (wall - stamp) - sent_at[sequence];
        latencies += latency < 1000 ? 1000 : latency;
        replies++;
      }
      if (got < BATCH) break;
    }
  }
  int64_t wall = now(CLOCK_MONOTONIC) - started;
  struct rusage used;
  getrusage(RUSAGE_SELF, &used);
  long cpu = (used.ru_utime.tv_sec + used.ru_stime.tv_sec) * 1000000L + used.ru_utime.tv_usec +
             used.ru_stime.tv_usec;
  printf("%ld %ld %ld %lld\n", replies, cpu, (long)(wall / 1000), (long long)(latencies / 1000));
  return 0;
}
