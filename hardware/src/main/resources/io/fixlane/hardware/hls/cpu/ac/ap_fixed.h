// ap_fixed and ap_ufixed as the ac_fixed of hlslibs. It has no AP_WRAP_SM and no N.
#ifndef FIXLANE_AC_AP_FIXED_H_
#define FIXLANE_AC_AP_FIXED_H_

#include <ac_fixed.h>

typedef ac_q_mode ap_q_mode;
typedef ac_o_mode ap_o_mode;

const ap_q_mode AP_RND = AC_RND;
const ap_q_mode AP_RND_ZERO = AC_RND_ZERO;
const ap_q_mode AP_RND_MIN_INF = AC_RND_MIN_INF;
const ap_q_mode AP_RND_INF = AC_RND_INF;
const ap_q_mode AP_RND_CONV = AC_RND_CONV;
const ap_q_mode AP_TRN = AC_TRN;
const ap_q_mode AP_TRN_ZERO = AC_TRN_ZERO;

const ap_o_mode AP_SAT = AC_SAT;
const ap_o_mode AP_SAT_ZERO = AC_SAT_ZERO;
const ap_o_mode AP_SAT_SYM = AC_SAT_SYM;
const ap_o_mode AP_WRAP = AC_WRAP;

namespace fixlane {

// The bits of a word, as range() gives them.
template <class T>
class bits {
 public:
  explicit bits(T &word) : word_(word) {}

  bits &operator=(unsigned long long raw) {
    word_.set_slc(0, ac_int<T::width, false>(raw));
    return *this;
  }

  unsigned long long to_uint64() const {
    return word_.template slc<T::width>(0).to_uint64() & (~0ULL >> (64 - T::width));
  }

 private:
  T &word_;
};

template <int W, int I, bool S, ac_q_mode Q, ac_o_mode O>
class ac_word : public ac_fixed<W, I, S, Q, O> {
 public:
  using ac_fixed<W, I, S, Q, O>::ac_fixed;

  ac_word() {}

  template <int W2, int I2, bool S2, ac_q_mode Q2, ac_o_mode O2>
  ac_word(const ac_fixed<W2, I2, S2, Q2, O2> &x) : ac_fixed<W, I, S, Q, O>(x) {}

  bits<ac_word> range() { return bits<ac_word>(*this); }
  bits<const ac_word> range() const { return bits<const ac_word>(*this); }
};

}  // namespace fixlane

template <int W, int I, ap_q_mode Q = AP_TRN, ap_o_mode O = AP_WRAP, int N = 0>
using ap_fixed = fixlane::ac_word<W, I, true, Q, O>;

template <int W, int I, ap_q_mode Q = AP_TRN, ap_o_mode O = AP_WRAP, int N = 0>
using ap_ufixed = fixlane::ac_word<W, I, false, Q, O>;

#endif
