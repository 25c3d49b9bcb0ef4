// Writes operators.txt.gz: what the operators of the real ap_fixed types give.
//
//   g++ -std=c++17 -w -I HLS_arbitrary_Precision_Types/include operators.cpp -o operators
//   ./operators | gzip -9n > operators.txt.gz
//
// The headers: https://github.com/Xilinx/HLS_arbitrary_Precision_Types, commit 200a9ae; g++ 12.2.
//
//   binary X Y Z     then lines  x y  x&y x|y x^y  and a digit each for x<y x<=y x>y x>=y x==y x!=y
//   unary X          then lines  x  ~x  x.to_int()  x.to_int64()
//   shift X n        then lines  x  x<<n  x>>n
#include <climits>
#include <set>
#include <string>
#include <vector>
#include <cstdio>
#include "ap_fixed.h"

typedef __int128 word;

static std::string text(word v) {
  unsigned __int128 magnitude = v < 0 ? -(unsigned __int128)v : v;
  std::string digits;
  do digits.insert(digits.begin(), '0' + int(magnitude % 10)); while (magnitude /= 10);
  return v < 0 ? "-" + digits : digits;
}

static const char* quantization[] = {"AP_RND", "AP_RND_ZERO", "AP_RND_MIN_INF", "AP_RND_INF", "AP_RND_CONV", "AP_TRN", "AP_TRN_ZERO"};
static const char* overflow[] = {"AP_SAT", "AP_SAT_ZERO", "AP_SAT_SYM", "AP_WRAP", "AP_WRAP_SM"};

template <int W, int I, bool S, int Q, int O, int N> struct properties {
  static const bool sign = S;
  static std::string name() {
    return (S ? "ap_fixed<" : "ap_ufixed<") + std::to_string(W) + "," + std::to_string(I) + "," + quantization[Q] + ","
        + overflow[O] + "," + std::to_string(N) + ">";
  }
};
template <class T> struct type;
template <int W, int I, ap_q_mode Q, ap_o_mode O, int N> struct type<ap_fixed<W, I, Q, O, N>> : properties<W, I, true, Q, O, N> {};
template <int W, int I, ap_q_mode Q, ap_o_mode O, int N> struct type<ap_ufixed<W, I, Q, O, N>> : properties<W, I, false, Q, O, N> {};
template <int W, int I, bool S, ap_q_mode Q, ap_o_mode O, int N> struct type<ap_fixed_base<W, I, S, Q, O, N>> : properties<W, I, S, Q, O, N> {};

template <class T> T make(word raw) {
  T x;
  for (int i = 0; i < T::width; i++) x[i] = bool(raw >> i & 1);
  return x;
}

template <class T> std::string raw(T x) {
  word v = 0;
  for (int i = 0; i < T::width; i++) v |= word(bool(x[i])) << i;
  return text(type<T>::sign && v >> (T::width - 1) ? v - (word(1) << T::width) : v);
}

template <class T> std::set<word> words() {
  word low = type<T>::sign ? -(word(1) << (T::width - 1)) : 0;
  word high = (word(1) << (T::width - type<T>::sign)) - 1;
  std::set<word> all;
  for (word v : {low, low + 1, word(-1), word(0), word(1), high, word(0x5A5A5A5A5A5A5A5ALL) & high})
    if (low <= v && v <= high) all.insert(v);
  return all;
}

template <class X, class Y> void binary() {
  typedef decltype(X() & Y()) Z;
  printf("binary %s %s %s\n", type<X>::name().c_str(), type<Y>::name().c_str(), type<Z>::name().c_str());
  for (word a : words<X>())
    for (word b : words<Y>()) {
      X x = make<X>(a);
      Y y = make<Y>(b);
      printf("%s %s %s %s %s %d%d%d%d%d%d\n", text(a).c_str(), text(b).c_str(), raw(x & y).c_str(), raw(x | y).c_str(),
          raw(x ^ y).c_str(), x < y, x <= y, x > y, x >= y, x == y, x != y);
    }
}

template <class X> void unary() {
  printf("unary %s\n", type<X>::name().c_str());
  for (word a : words<X>()) {
    X x = make<X>(a);
    printf("%s %s %d %lld\n", text(a).c_str(), raw(~x).c_str(), x.to_int(), (long long)x.to_int64());
  }
}

template <class X> void shift() {
  int w = X::width;
  for (int n : {0, 1, 3, -2, w - 1, w, w + 1, -w, 1000, -1000, INT_MAX, -INT_MAX, INT_MIN}) {
    printf("shift %s %d\n", type<X>::name().c_str(), n);
    for (word a : words<X>()) {
      X x = make<X>(a);
      printf("%s %s %s\n", text(a).c_str(), raw(x << n).c_str(), raw(x >> n).c_str());
    }
  }
}

template <class... T> struct list {};
template <class X, class... Y> void row(list<Y...>) { (binary<X, Y>(), ...); }
template <class... X> void pairs(list<X...> all) { (row<X>(all), ...); }
template <class... X> void unaries(list<X...>) { (unary<X>(), ...); }
template <class... X> void shifts(list<X...>) { (shift<X>(), ...); }

int main() {
  // Around the 32 bits where C promotes and the 64 where the header leaves machine words.
  typedef list<ap_fixed<8, 3>, ap_ufixed<8, 3>, ap_fixed<5, 7>, ap_ufixed<6, -2>, ap_fixed<31, 10>, ap_ufixed<31, 10>, ap_fixed<32, 10>,
      ap_ufixed<32, 10>, ap_ufixed<32, 12>, ap_fixed<33, 12>, ap_fixed<64, 20>, ap_ufixed<64, 20>, ap_fixed<70, 30>, ap_ufixed<70, 30>,
      ap_fixed<1, 1>, ap_fixed<6, 3, AP_TRN, AP_SAT_SYM>> operands;
  pairs(operands());
  unaries(operands());
  // Conversions, but of a signed I < 0: there the header reads an integer that it never wrote.
  unaries(list<ap_fixed<8, 0>, ap_ufixed<8, 0>, ap_ufixed<8, -2>, ap_fixed<8, 1>, ap_fixed<8, 12>, ap_fixed<8, 40>, ap_ufixed<8, 40>,
      ap_fixed<8, 70>, ap_fixed<40, 36>, ap_ufixed<70, 68>, ap_fixed<70, 68>, ap_fixed<70, 0>, ap_fixed<70, 1>, ap_fixed<16, 100>>());
  shifts(list<ap_fixed<8, 3>, ap_ufixed<8, 3>, ap_fixed<1, 1>, ap_fixed<33, 3>, ap_fixed<64, 20>, ap_ufixed<64, 20>, ap_fixed<70, 30>,
      ap_ufixed<70, 30>>());
}
