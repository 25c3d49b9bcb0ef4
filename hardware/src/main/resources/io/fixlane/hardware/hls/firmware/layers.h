// The layers of a network, as loops. A CONFIG gives sizes, types and what differs from layer to
// layer; images are rows x columns x channels. Every result is cast once, from its exact value. Loops
// are unrolled where they compute as many words, products or channels at once as CONFIG says.
#ifndef FIXLANE_LAYERS_H_
#define FIXLANE_LAYERS_H_

#include "words.h"

namespace fixlane {

// ---- Functions of a word. Y is what the exact value is cast into.

template <class Y, class X>
Y relu(const X &x) {
#pragma HLS INLINE
  if (x < 0) {
    return Y(0);
  }
  return Y(x);
}

template <class Y, class X, class SLOPE>
Y leaky_relu(const X &x, const SLOPE &slope) {
#pragma HLS INLINE
  if (x < 0) {
    return Y(x * slope);
  }
  return Y(x);
}

template <class Y, class X, class SCALE, class SHIFT>
Y scale_and_shift(const X &x, const SCALE &scale, const SHIFT &shift) {
#pragma HLS INLINE
  return Y(x * scale + shift);
}

// The table has the raw word of a result for each word of x, in the order of its raw bits.
template <class Y, class X, class RAW>
Y look_up(const X &x, const RAW table[]) {
#pragma HLS INLINE
  return word<Y>(table[raw(x)]);
}

// A word, and a step more for each word of LAST that x is beyond. Bits above those of Y are lost.
template <class Y, class LAST, int COUNT, class X, class RAW>
Y threshold(const X &x, const RAW (&last)[COUNT], long long start, long long step) {
#pragma HLS INLINE
#pragma HLS ARRAY_PARTITION variable=last complete
  unsigned long long y = start;
  for (int t = 0; t < COUNT; t++) {
#pragma HLS UNROLL
    if (x > word<LAST>(last[t])) {
      y += step;
    }
  }
  return word<Y>(y);
}

// Adds a product of shifts and additions to a sum, in logic and not in a DSP.
template <class SUM, class PRODUCT>
void accumulate(SUM &sum, const PRODUCT &product) {
#pragma HLS INLINE
#pragma HLS BIND_OP variable=sum op=add impl=fabric
  sum += product;
}

// +1 or -1, the sign of a word.
template <class SIGN, class X>
SIGN sign(const X &x) {
#pragma HLS INLINE
  if (x < 0) {
    return SIGN(-1);
  }
  return SIGN(1);
}

// The quotient of a sum and a count. Bits of the quotient from 2^TOP down to 2^BOTTOM are exact,
// and one below them tells whether anything is left: a cast into Y sees no more of it.
template <class Y, class WIDE, int TOP, int BOTTOM, class SUM>
Y quotient(const SUM &sum, int count) {
  WIDE rest = sum;
  const bool negative = sum < 0;
  if (negative) {
    rest = -rest;
  }
  WIDE step = WIDE(count);
  WIDE bit = WIDE(1);
  if (TOP >= 0) {
    step = step << (TOP >= 0 ? TOP : 0);
    bit = bit << (TOP >= 0 ? TOP : 0);
  } else {
    step = step >> (TOP < 0 ? -TOP : 0);
    bit = bit >> (TOP < 0 ? -TOP : 0);
  }
  WIDE result = WIDE(0);
  for (int i = TOP; i >= BOTTOM; i--) {
#pragma HLS PIPELINE II=1
    if (rest >= step) {
      rest -= step;
      result += bit;
    }
    step = step >> 1;
    bit = bit >> 1;
  }
  if (rest != 0) {
    result += bit;
  }
  if (negative) {
    result = -result;
  }
  return Y(result);
}

// ---- Layers that take each word alone, CONFIG::word, and sums of two words, CONFIG::sum.

template <class CONFIG, class X, class Y>
void each_word(const X x[CONFIG::pixels * CONFIG::channels],
               Y y[CONFIG::pixels * CONFIG::channels]) {
  for (int pixel = 0; pixel < CONFIG::pixels; pixel++) {
    for (int c = 0; c < CONFIG::channels; c += CONFIG::channels_at_once) {
#pragma HLS PIPELINE II=1
      for (int lane = 0; lane < CONFIG::channels_at_once; lane++) {
#pragma HLS UNROLL
        const int i = pixel * CONFIG::channels + c + lane;
        y[i] = CONFIG::word(x[i], c + lane);
      }
    }
  }
}

template <class CONFIG, class A, class B, class Y>
void add(const A a[CONFIG::pixels * CONFIG::channels],
         const B b[CONFIG::pixels * CONFIG::channels],
         Y y[CONFIG::pixels * CONFIG::channels]) {
  for (int i = 0; i < CONFIG::pixels * CONFIG::channels; i += CONFIG::channels_at_once) {
#pragma HLS PIPELINE II=1
    for (int lane = 0; lane < CONFIG::channels_at_once; lane++) {
#pragma HLS UNROLL
      y[i + lane] = CONFIG::sum(a[i + lane], b[i + lane]);
    }
  }
}

// ---- Layers that put words elsewhere.

// The words of b behind those of a in every pixel, as CONFIG::first and CONFIG::second cast them.
template <class CONFIG, class A, class B, class Y>
void concat(const A a[CONFIG::pixels * CONFIG::channels],
            const B b[CONFIG::pixels * CONFIG::more],
            Y y[CONFIG::pixels * (CONFIG::channels + CONFIG::more)]) {
  for (int pixel = 0; pixel < CONFIG::pixels; pixel++) {
    const int first = pixel * (CONFIG::channels + CONFIG::more);
    for (int c = 0; c < CONFIG::channels; c += CONFIG::channels_at_once) {
#pragma HLS PIPELINE II=1
      for (int lane = 0; lane < CONFIG::channels_at_once; lane++) {
#pragma HLS UNROLL
        y[first + c + lane] = CONFIG::first(a[pixel * CONFIG::channels + c + lane]);
      }
    }
    for (int c = 0; c < CONFIG::more; c += CONFIG::more_at_once) {
#pragma HLS PIPELINE II=1
      for (int lane = 0; lane < CONFIG::more_at_once; lane++) {
#pragma HLS UNROLL
        y[first + CONFIG::channels + c + lane] =
            CONFIG::second(b[pixel * CONFIG::more + c + lane]);
      }
    }
  }
}

// Each pixel as a block of factor_y x factor_x of the same ones.
template <class CONFIG, class X, class Y>
void upsample(const X x[], Y y[]) {
  for (int row = 0; row < CONFIG::height * CONFIG::factor_y; row++) {
    for (int column = 0; column < CONFIG::width * CONFIG::factor_x; column++) {
      for (int c = 0; c < CONFIG::channels; c++) {
#pragma HLS PIPELINE II=1
        y[(row * CONFIG::width * CONFIG::factor_x + column) * CONFIG::channels + c] =
            x[(row / CONFIG::factor_y * CONFIG::width + column / CONFIG::factor_x)
                  * CONFIG::channels + c];
      }
    }
  }
}

// ---- Sums of products, in the order of the taps. In each step of the pipeline there are
// outputs_at_once x taps_at_once of them.

template <class CONFIG>
int first_tap(int output) {
#pragma HLS INLINE
  return CONFIG::groups == 1 ? 0 : output / (CONFIG::outputs / CONFIG::groups) * CONFIG::taps;
}

template <class CONFIG, class X, class RAW, class Y>
void multiply(const X x[CONFIG::groups * CONFIG::taps],
              const RAW weights[CONFIG::outputs][CONFIG::taps], Y y[CONFIG::outputs]) {
  const int outputs_at_once = CONFIG::outputs_at_once;
  const int taps_at_once = CONFIG::taps_at_once;
#pragma HLS ARRAY_RESHAPE variable=weights cyclic factor=outputs_at_once dim=1
#pragma HLS ARRAY_RESHAPE variable=weights cyclic factor=taps_at_once dim=2
  for (int o = 0; o < CONFIG::outputs; o += outputs_at_once) {
    typename CONFIG::sum_t sums[outputs_at_once];
#pragma HLS ARRAY_PARTITION variable=sums complete
    for (int i = 0; i < outputs_at_once; i++) {
#pragma HLS UNROLL
      sums[i] = CONFIG::start(o + i);
    }
    for (int t = 0; t < CONFIG::taps; t += taps_at_once) {
#pragma HLS PIPELINE II=1
      for (int i = 0; i < outputs_at_once; i++) {
#pragma HLS UNROLL
        const int first = first_tap<CONFIG>(o + i);
        for (int j = 0; j < taps_at_once; j++) {
#pragma HLS UNROLL
          sums[i] += CONFIG::product(x[first + t + j], weights[o + i][t + j]);
        }
      }
    }
    for (int i = 0; i < outputs_at_once; i++) {
#pragma HLS UNROLL
      y[o + i] = CONFIG::finish(sums[i], o + i);
    }
  }
}

template <class CONFIG, class X, class Y>
void dense(const X x[CONFIG::taps], Y y[CONFIG::outputs]) {
  typename CONFIG::patch_t features[CONFIG::taps];
#pragma HLS ARRAY_PARTITION variable=features cyclic factor=CONFIG::taps_at_once
  for (int t = 0; t < CONFIG::taps; t += CONFIG::taps_at_once) {
#pragma HLS PIPELINE II=1
    for (int lane = 0; lane < CONFIG::taps_at_once; lane++) {
#pragma HLS UNROLL
      features[t + lane] = CONFIG::tap(x[t + lane]);
    }
  }
  CONFIG::place(features, y);
}

// ---- Kernels that move over an image. PLACE::at computes the channels of one place. In memory
// lie the image's rows, each in the place that its number & ROWS says.

template <class CONFIG, int ROWS>
int word_at(int row, int column, int channel) {
#pragma HLS INLINE
  return ((row & ROWS) * CONFIG::width + column) * CONFIG::channels + channel;
}

template <class CONFIG>
bool inside(int row, int column) {
#pragma HLS INLINE
  return row >= 0 && row < CONFIG::height && column >= 0 && column < CONFIG::width;
}

template <class CONFIG>
struct conv_place {
  typedef CONFIG config;

  template <int ROWS, class X, class Y>
  static void at(const X x[], int row, int column, Y y[CONFIG::outputs]) {
#pragma HLS INLINE
    typename CONFIG::patch_t patch[CONFIG::groups * CONFIG::taps];
#pragma HLS ARRAY_PARTITION variable=patch cyclic factor=CONFIG::taps_at_once
    for (int i = 0; i < CONFIG::kernel_height; i++) {
      for (int j = 0; j < CONFIG::kernel_width; j++) {
        const int r = row * CONFIG::stride_y - CONFIG::padding_top + i * CONFIG::dilation_y;
        const int q = column * CONFIG::stride_x - CONFIG::padding_left + j * CONFIG::dilation_x;
        for (int c = 0; c < CONFIG::channels; c += CONFIG::channels_at_once) {
#pragma HLS PIPELINE II=1
          for (int lane = 0; lane < CONFIG::channels_at_once; lane++) {
#pragma HLS UNROLL
            const int tap = ((c + lane) * CONFIG::kernel_height + i) * CONFIG::kernel_width + j;
            if (inside<CONFIG>(r, q)) {
              patch[tap] = CONFIG::tap(x[word_at<CONFIG, ROWS>(r, q, c + lane)]);
            } else {
              patch[tap] = typename CONFIG::patch_t(0);
            }
          }
        }
      }
    }
    CONFIG::place(patch, y);
  }
};

// A pool takes the words under the kernel, of some channels at once, in any order.
template <class CONFIG, class POOL>
struct pool_place {
  typedef CONFIG config;

  template <int ROWS, class X, class Y>
  static void at(const X x[], int row, int column, Y y[CONFIG::outputs]) {
#pragma HLS INLINE
    for (int c = 0; c < CONFIG::channels; c += CONFIG::channels_at_once) {
      POOL pools[CONFIG::channels_at_once];
#pragma HLS ARRAY_PARTITION variable=pools complete
      for (int i = 0; i < CONFIG::kernel_height; i++) {
        for (int j = 0; j < CONFIG::kernel_width; j++) {
#pragma HLS PIPELINE II=1
          const int r = row * CONFIG::stride_y - CONFIG::padding_top + i;
          const int q = column * CONFIG::stride_x - CONFIG::padding_left + j;
          const bool is_inside = inside<CONFIG>(r, q);
          const bool is_padded =
              r < CONFIG::height + CONFIG::padding_bottom
              && q < CONFIG::width + CONFIG::padding_right;
          for (int lane = 0; lane < CONFIG::channels_at_once; lane++) {
#pragma HLS UNROLL
            if (is_inside) {
              pools[lane].take(x[word_at<CONFIG, ROWS>(r, q, c + lane)]);
            } else if (is_padded) {
              pools[lane].take_padding();
            }
          }
        }
      }
      for (int lane = 0; lane < CONFIG::channels_at_once; lane++) {
#pragma HLS UNROLL
        y[c + lane] = pools[lane].result();
      }
    }
  }
};

template <class X>
class max_of {
 public:
  max_of() : any_(false), largest_(0) {}

  void take(const X &word) {
#pragma HLS INLINE
    if (!any_ || word > largest_) {
      largest_ = word;
    }
    any_ = true;
  }

  void take_padding() {}

  X result() const { return largest_; }

 private:
  bool any_;
  X largest_;
};

template <class CONFIG>
class average_of {
 public:
  average_of() : sum_(0), count_(0) {}

  template <class X>
  void take(const X &word) {
#pragma HLS INLINE
    sum_ += word;
    count_++;
  }

  void take_padding() {
#pragma HLS INLINE
    count_ += CONFIG::padding_counts ? 1 : 0;
  }

  typename CONFIG::result_t result() const {
#pragma HLS INLINE
    return CONFIG::average(
        sum_, CONFIG::whole ? CONFIG::kernel_height * CONFIG::kernel_width : count_);
  }

 private:
  typename CONFIG::sum_t sum_;
  int count_;
};

template <class PLACE, class X, class Y>
void places(const X x[], Y y[]) {
  typedef typename PLACE::config config;
  for (int row = 0; row < config::out_height; row++) {
    for (int column = 0; column < config::out_width; column++) {
      Y at[config::outputs];
#pragma HLS ARRAY_PARTITION variable=at cyclic factor=config::outputs_at_once
      PLACE::template at<-1>(x, row, column, at);
      for (int o = 0; o < config::outputs; o += config::outputs_at_once) {
#pragma HLS PIPELINE II=1
        for (int lane = 0; lane < config::outputs_at_once; lane++) {
#pragma HLS UNROLL
          y[(row * config::out_width + column) * config::outputs + o + lane] = at[o + lane];
        }
      }
    }
  }
}

template <class CONFIG, class X, class Y>
void conv2d(const X x[], Y y[]) {
#pragma HLS INLINE
  places<conv_place<CONFIG> >(x, y);
}

template <class CONFIG, class X, class Y>
void max_pool(const X x[], Y y[]) {
#pragma HLS INLINE
  places<pool_place<CONFIG, max_of<X> > >(x, y);
}

template <class CONFIG, class X, class Y>
void average_pool(const X x[], Y y[]) {
#pragma HLS INLINE
  places<pool_place<CONFIG, average_of<CONFIG> > >(x, y);
}

template <class CONFIG, class X, class Y>
void global_average(const X x[CONFIG::pixels * CONFIG::channels], Y y[CONFIG::channels]) {
  for (int c = 0; c < CONFIG::channels; c += CONFIG::channels_at_once) {
    typename CONFIG::sum_t sums[CONFIG::channels_at_once];
#pragma HLS ARRAY_PARTITION variable=sums complete
    for (int lane = 0; lane < CONFIG::channels_at_once; lane++) {
#pragma HLS UNROLL
      sums[lane] = typename CONFIG::sum_t(0);
    }
    for (int pixel = 0; pixel < CONFIG::pixels; pixel++) {
#pragma HLS PIPELINE II=1
      for (int lane = 0; lane < CONFIG::channels_at_once; lane++) {
#pragma HLS UNROLL
        sums[lane] += x[pixel * CONFIG::channels + c + lane];
      }
    }
    for (int lane = 0; lane < CONFIG::channels_at_once; lane++) {
#pragma HLS UNROLL
      y[c + lane] = CONFIG::average(sums[lane], CONFIG::pixels);
    }
  }
}

}  // namespace fixlane

#endif
