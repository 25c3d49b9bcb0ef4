// Streams of words, for a test bench.
#ifndef FIXLANE_BENCH_STREAMS_H_
#define FIXLANE_BENCH_STREAMS_H_

#include "bench.h"
#include "firmware/streams.h"

namespace bench {

template <class T, int SIZE, int LANES>
void write(const T (&words)[SIZE], hls::stream<fixlane::beat<T, LANES> > &stream) {
  for (int i = 0; i < SIZE; i += LANES) {
    fixlane::beat<T, LANES> beat;
    for (int lane = 0; lane < LANES; lane++) {
      beat.words[lane] = words[i + lane];
    }
    stream.write(beat);
  }
}

class stream_comparison : public comparison {
 public:
  // Reads the words of a stream, which must have as many and no more.
  template <class T, int SIZE, int LANES>
  void read(const char *what, hls::stream<fixlane::beat<T, LANES> > &stream, T (&words)[SIZE]) {
    for (int i = 0; i < SIZE; i += LANES) {
      if (stream.empty()) {
        fail(what, "writes too few beats");
        return;
      }
      const fixlane::beat<T, LANES> beat = stream.read();
      for (int lane = 0; lane < LANES; lane++) {
        words[i + lane] = beat.words[lane];
      }
    }
    if (!stream.empty()) {
      fail(what, "writes too many beats");
    }
  }

  // Requires all that was written to be read.
  template <class T>
  void require_empty(const char *what, hls::stream<T> &stream) {
    if (!stream.empty()) {
      fail(what, "leaves beats unread");
    }
  }
};

}  // namespace bench

#endif
