// Words of ap_fixed and ap_ufixed, and their raw bits.
#ifndef FIXLANE_WORDS_H_
#define FIXLANE_WORDS_H_

#include "ap_fixed.h"

namespace fixlane {

// The word of such raw bits, without a cast.
template <class T>
T word(long long raw) {
#pragma HLS INLINE
  T x;
  x.range() = (unsigned long long)raw;
  return x;
}

// The raw bits of a word, as an unsigned number.
template <class T>
unsigned long long raw(const T &x) {
#pragma HLS INLINE
  return x.range().to_uint64();
}

}  // namespace fixlane

#endif
