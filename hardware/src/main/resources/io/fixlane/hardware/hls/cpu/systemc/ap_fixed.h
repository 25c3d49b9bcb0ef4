// ap_fixed and ap_ufixed as the fixed-point types of SystemC (IEEE 1666). They give the same words
// but in three rules: AP_SAT_SYM of one signed bit; AP_WRAP_SM with N = 0 where rounding carries;
// and AP_WRAP with N >= 1 of a negative number in an unsigned type.
#ifndef FIXLANE_SYSTEMC_AP_FIXED_H_
#define FIXLANE_SYSTEMC_AP_FIXED_H_

#include <sysc/datatypes/fx/fx.h>

typedef sc_dt::sc_q_mode ap_q_mode;
typedef sc_dt::sc_o_mode ap_o_mode;

const ap_q_mode AP_RND = sc_dt::SC_RND;
const ap_q_mode AP_RND_ZERO = sc_dt::SC_RND_ZERO;
const ap_q_mode AP_RND_MIN_INF = sc_dt::SC_RND_MIN_INF;
const ap_q_mode AP_RND_INF = sc_dt::SC_RND_INF;
const ap_q_mode AP_RND_CONV = sc_dt::SC_RND_CONV;
const ap_q_mode AP_TRN = sc_dt::SC_TRN;
const ap_q_mode AP_TRN_ZERO = sc_dt::SC_TRN_ZERO;

const ap_o_mode AP_SAT = sc_dt::SC_SAT;
const ap_o_mode AP_SAT_ZERO = sc_dt::SC_SAT_ZERO;
const ap_o_mode AP_SAT_SYM = sc_dt::SC_SAT_SYM;
const ap_o_mode AP_WRAP = sc_dt::SC_WRAP;
const ap_o_mode AP_WRAP_SM = sc_dt::SC_WRAP_SM;

template <int W, int I, ap_q_mode Q = AP_TRN, ap_o_mode O = AP_WRAP, int N = 0>
using ap_fixed = sc_dt::sc_fixed<W, I, Q, O, N>;

template <int W, int I, ap_q_mode Q = AP_TRN, ap_o_mode O = AP_WRAP, int N = 0>
using ap_ufixed = sc_dt::sc_ufixed<W, I, Q, O, N>;

#endif
