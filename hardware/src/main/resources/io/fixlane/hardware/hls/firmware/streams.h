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

template <class CONFIG, class A, class B, class Y>
void add_stream(hls::stream<A> &a, hls::stream<B> &b, hls::stream<Y> &y) {
  for (int i = 0; i < CONFIG::pixels * CONFIG::channels / A::lanes; i++) {
#pragma HLS PIPELINE II=1
    const A one = a.read();
    const B other = b.read();
    Y out;
    for (int lane = 0; lane < A::lanes; lane++) {
#pragma HLS UNROLL
      out.words[lane] = CONFIG::sum(one.words[lane], other.words[lane]);
    }
    y.write(out);
  }
}

// Adds features that come in beats of different sizes, a word at a time; those that go out are as
// large as those of a.
template <class CONFIG, class A, class B, class Y>
void add_uneven_stream(hls::stream<A> &a, hls::stream<B> &b, hls::stream<Y> &y) {
  A one;
  B other;
  Y out;
  int a_lane = 0;
  int b_lane = 0;
  for (int i = 0; i < CONFIG::pixels * CONFIG::channels; i++) {
#pragma HLS PIPELINE II=1
    if (a_lane == 0) {
      one = a.read();
    }
    if (b_lane == 0) {
      other = b.read();
    }
    out.words[a_lane] = CONFIG::sum(one.words[a_lane], other.words[b_lane]);
    a_lane = a_lane + 1 == A::lanes ? 0 : a_lane + 1;
    b_lane = b_lane + 1 == B::lanes ? 0 : b_lane + 1;
    if (a_lane == 0) {
      y.write(out);
    }
  }
}

// A pixel comes in one beat of each or more, as features do, and goes out in one.
template <class CONFIG, class A, class B, class Y>
void concat_stream(hls::stream<A> &a, hls::stream<B> &b, hls::stream<Y> &y) {
  for (int pixel = 0; pixel < CONFIG::pixels; pixel++) {
#pragma HLS PIPELINE
    Y out;
    for (int i = 0; i < CONFIG::channels / A::lanes; i++) {
      const A in = a.read();
      for (int lane = 0; lane < A::lanes; lane++) {
        out.words[i * A::lanes + lane] = CONFIG::first(in.words[lane]);
      }
    }
    for (int i = 0; i < CONFIG::more / B::lanes; i++) {
      const B in = b.read();
      for (int lane = 0; lane < B::lanes; lane++) {
        out.words[CONFIG::channels + i * B::lanes + lane] = CONFIG::second(in.words[lane]);
      }
    }
    y.write(out);
  }
}

// Keeps a row while it is repeated.
template <class CONFIG, class X, class Y>
void upsample_stream(hls::stream<X> &x, hls::stream<Y> &y) {
  X pixels[CONFIG::width];
  for (int row = 0; row < CONFIG::height * CONFIG::factor_y; row++) {
    for (int column = 0; column < CONFIG::width * CONFIG::factor_x; column++) {
#pragma HLS PIPELINE II=1
      const int place = column / CONFIG::factor_x;
      if (row % CONFIG::factor_y == 0 && column % CONFIG::factor_x == 0) {
        pixels[place] = x.read();
      }
      Y out;
      for (int c = 0; c < CONFIG::channels; c++) {
#pragma HLS UNROLL
        out.words[c] = pixels[place].words[c];
      }
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
