// Reads the words of tb_data, and compares computed words with them.
#ifndef FIXLANE_BENCH_H_
#define FIXLANE_BENCH_H_

#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <string>
#include <vector>

#include "firmware/words.h"

namespace bench {

struct format {
  int width;
  int fraction_bits;
  bool is_signed;

  // The number that a raw word stands for, as near as a double is.
  double value(unsigned long long raw) const {
    const bool negative = is_signed && (raw >> (width - 1) & 1) != 0;
    const unsigned long long magnitude =
        negative ? (~raw & (~0ULL >> (64 - width))) + 1 : raw;
    const double value = std::ldexp((double)magnitude, -fraction_bits);
    return negative ? -value : value;
  }
};

// The words that a layer should give, of all samples.
class expected {
 public:
  expected(const std::string &folder, const std::string &name, const std::string &title,
           const format &format, int samples, int size)
      : title_(title), format_(format), size_(size) {
    const std::string path = folder + "/" + name + ".hex";
    std::ifstream in(path.c_str());
    std::string line;
    while (std::getline(in, line)) {
      words_.push_back(word(path, line));
    }
    if (words_.size() != (std::size_t)samples * size) {
      std::fprintf(stderr, "%s has %lu words: it must have %lu\n", path.c_str(),
                   (unsigned long)words_.size(), (unsigned long)samples * size);
      std::exit(2);
    }
  }

  const std::string &title() const { return title_; }
  const bench::format &format() const { return format_; }
  int size() const { return size_; }
  unsigned long long raw(int sample, int i) const {
    return words_[(std::size_t)sample * size_ + i];
  }

  // Puts the words of a sample into an array.
  template <class T>
  void put(int sample, T words[]) const {
    for (int i = 0; i < size_; i++) {
      words[i] = fixlane::word<T>((long long)raw(sample, i));
    }
  }

 private:
  unsigned long long word(const std::string &path, std::string line) const {
    if (!line.empty() && line[line.size() - 1] == '\r') {
      line.erase(line.size() - 1);
    }
    char *end = 0;
    const unsigned long long word = std::strtoull(line.c_str(), &end, 16);
    if (line.size() != (std::size_t)(format_.width + 3) / 4 || *end != '\0'
        || word > ~0ULL >> (64 - format_.width)) {
      std::fprintf(stderr, "%s has '%s' as line %lu: it must be a word of %d bits, in hex\n",
                   path.c_str(), line.c_str(), (unsigned long)words_.size() + 1, format_.width);
      std::exit(2);
    }
    return word;
  }

  std::string title_;
  bench::format format_;
  int size_;
  std::vector<unsigned long long> words_;
};

// Counts the words that differ, and prints the first of each layer.
class comparison {
 public:
  comparison() : compared_(0), wrong_(0) {}

  template <class T>
  void compare(const char *what, const expected &words, int sample, const T computed[]) {
    for (int i = 0; i < words.size(); i++) {
      const unsigned long long got = fixlane::raw(computed[i]);
      compared_++;
      if (got != words.raw(sample, i)) {
        wrong_++;
        if (is_shown(what)) {
          std::printf("%s: sample %d, word %d: expected 0x%llx = %.17g, got 0x%llx = %.17g\n",
                      what, sample, i, words.raw(sample, i),
                      words.format().value(words.raw(sample, i)), got,
                      words.format().value(got));
        }
      }
    }
  }

  // Tells the result; what main returns.
  int report(int samples) const {
    if (wrong_ == 0 && compared_ > 0) {
      std::printf("%d samples, %llu words: all are equal\n", samples, compared_);
      return 0;
    }
    std::printf("%d samples, %llu words: %llu DIFFER\n", samples, compared_, wrong_);
    return 1;
  }

 protected:
  // Tells of something that is wrong beside a word.
  void fail(const char *what, const char *why) {
    wrong_++;
    if (is_shown(what)) {
      std::printf("%s: %s\n", what, why);
    }
  }

 private:
  bool is_shown(const char *what) {
    const int most = 10;
    int shown = 0;
    for (std::size_t i = 0; i < shown_.size(); i++) {
      shown += shown_[i] == what;
    }
    if (shown == most) {
      return false;
    }
    shown_.push_back(what);
    return true;
  }

  unsigned long long compared_;
  unsigned long long wrong_;
  std::vector<std::string> shown_;
};

}  // namespace bench

#endif
