// The part of hls::stream that a network takes, for a C++ compiler without an HLS tool.
#ifndef FIXLANE_CPU_HLS_STREAM_H_
#define FIXLANE_CPU_HLS_STREAM_H_

#include <cstdio>
#include <cstdlib>
#include <queue>

namespace hls {

template <class T>
class stream {
 public:
  bool empty() const { return words_.empty(); }

  T read() {
    if (words_.empty()) {
      std::fprintf(stderr, "a stream is read that is empty\n");
      std::exit(1);
    }
    T word = words_.front();
    words_.pop();
    return word;
  }

  void write(const T &word) { words_.push(word); }

 private:
  std::queue<T> words_;
};

}  // namespace hls

#endif
