// The layers of a network, as processes between streams. A beat holds some words of an image or of
// features, in their order: LANES of them.
#ifndef FIXLANE_STREAMS_H_
#define FIXLANE_STREAMS_H_

#include "hls_stream.h"
#include "layers.h"

namespace fixlane {

template <class T, int LANES>
struct beat {
  typedef T word_t;
  static const int lanes = LANES;

  T words[LANES];
};

template <class CONFIG, class X, class Y>
void each_word_stream(hls::stream<X> &x, hls::stream<Y> &y) {
  const int beats = CONFIG::pixels * CONFIG::channels / X::lanes;
  int first = 0;
  for (int i = 0; i < beats; i++) {
#pragma HLS PIPELINE II=1
    const X in = x.read();
    Y out;
    for (int lane = 0; lane < X::lanes; lane++) {
#pragma HLS UNROLL
      out.words[lane] = CONFIG::word(in.words[lane], first + lane);
    }
    y.write(out);
    first = first + X::lanes == CONFIG::channels ? 0 : first + X::lanes;
  }
}

constexpr int common_divisor(int a, int b) { return b == 0 ? a : common_divisor(b, a % b); }

// Features of two branches may come in beats of different sizes: a beat of either is read when its
// first word is due.
template <class CONFIG, class A, class B, class Y>
void add_stream(hls::stream<A> &a, hls::stream<B> &b, hls::stream<Y> &y) {
  const int step = common_divisor(A::lanes, B::lanes);
  A one;
  B other;
  Y out;
  for (int i = 0; i < CONFIG::pixels * CONFIG::channels; i += step) {
#pragma HLS PIPELINE II=1
    if (i % A::lanes == 0) {
      one = a.read();
    }
    if (i % B::lanes == 0) {
      other = b.read();
    }
    for (int j = 0; j < step; j++) {
#pragma HLS UNROLL
      const int k = i + j;
      out.words[k % Y::lanes] = CONFIG::sum(one.words[k % A::lanes], other.words[k % B::lanes]);
    }
    if ((i + step) % Y::lanes == 0) {
      y.write(out);
    }
  }
}

// Gives every beat to two readers.
template <int BEATS, class X>
void fork(hls::stream<X> &x, hls::stream<X> &one, hls::stream<X> &other) {
  for (int i = 0; i < BEATS; i++) {
#pragma HLS PIPELINE II=1
    const X in = x.read();
    one.write(in);
    other.write(in);
  }
}

template <class CONFIG, class X, class Y>
void dense_stream(hls::stream<X> &x, hls::stream<Y> &y) {
  typename CONFIG::patch_t features[CONFIG::taps];
#pragma HLS ARRAY_PARTITION variable=features cyclic factor=X::lanes
  for (int i = 0; i < CONFIG::taps / X::lanes; i++) {
#pragma HLS PIPELINE II=1
    const X in = x.read();
    for (int lane = 0; lane < X::lanes; lane++) {
#pragma HLS UNROLL
      features[i * X::lanes + lane] = CONFIG::tap(in.words[lane]);
    }
  }
  Y out;
  CONFIG::place(features, out.words);
  y.write(out);
}

// Keeps the rows that a kernel reaches, and reads the next ones when it moves on.
template <class PLACE, class X, class Y>
void places_stream(hls::stream<X> &x, hls::stream<Y> &y) {
  typedef typename PLACE::config config;
  typename X::word_t rows[config::rows_kept * config::width * config::channels];
#pragma HLS ARRAY_RESHAPE variable=rows cyclic factor=config::channels
  int read = 0;
  for (int row = 0; row <= config::out_height; row++) {
    // Behind the last place, what no kernel reaches is read too.
    int last = row == config::out_height
                   ? config::height
                   : row * config::stride_y - config::padding_top + config::reach;
    last = last < config::height ? last : config::height;
    for (; read < last; read++) {
      for (int column = 0; column < config::width; column++) {
#pragma HLS PIPELINE II=1
        const X in = x.read();
        for (int c = 0; c < config::channels; c++) {
#pragma HLS UNROLL
          rows[word_at<config, config::rows_kept - 1>(read, column, c)] = in.words[c];
        }
      }
    }
    if (row < config::out_height) {
      for (int column = 0; column < config::out_width; column++) {
        Y out;
        PLACE::template at<config::rows_kept - 1>(rows, row, column, out.words);
        y.write(out);
      }
    }
  }
}

template <class CONFIG, class X, class Y>
void conv2d_stream(hls::stream<X> &x, hls::stream<Y> &y) {
#pragma HLS INLINE
  places_stream<conv_place<CONFIG> >(x, y);
}

template <class CONFIG, class X, class Y>
void max_pool_stream(hls::stream<X> &x, hls::stream<Y> &y) {
#pragma HLS INLINE
  places_stream<pool_place<CONFIG, max_of<typename X::word_t> > >(x, y);
}

template <class CONFIG, class X, class Y>
void average_pool_stream(hls::stream<X> &x, hls::stream<Y> &y) {
#pragma HLS INLINE
  places_stream<pool_place<CONFIG, average_of<CONFIG> > >(x, y);
}

template <class CONFIG, class X, class Y>
void global_average_stream(hls::stream<X> &x, hls::stream<Y> &y) {
  typename CONFIG::sum_t sums[CONFIG::channels];
#pragma HLS ARRAY_PARTITION variable=sums complete
  for (int c = 0; c < CONFIG::channels; c++) {
#pragma HLS UNROLL
    sums[c] = typename CONFIG::sum_t(0);
  }
  for (int pixel = 0; pixel < CONFIG::pixels; pixel++) {
#pragma HLS PIPELINE II=1
    const X in = x.read();
    for (int c = 0; c < CONFIG::channels; c++) {
#pragma HLS UNROLL
      sums[c] += in.words[c];
    }
  }
  Y out;
  for (int c = 0; c < CONFIG::channels; c++) {
    out.words[c] = CONFIG::average(sums[c], CONFIG::pixels);
  }
  y.write(out);
}

}  // namespace fixlane

#endif
