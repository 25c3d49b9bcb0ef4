package io.fixlane.hardware.hls;

import io.fixlane.network.layer.TensorType;
import io.fixlane.shape.Window;
import java.util.List;
import java.util.OptionalInt;

/** The sizes of kernels that move over images, as constants of a config. */
final class WindowCode {
  private WindowCode() {}

  static String of(
      Window window, TensorType input, TensorType result, OptionalInt reuse) {
    List<Integer> image = input.shape();
    int reach = (window.kernelHeight() - 1) * window.dilationY() + 1;
    int kept = Math.min(reach, image.getFirst());
    return """
          static const int height = %d;
          static const int width = %d;
          static const int channels = %d;
          static const int channels_at_once = %d;
          static const int out_height = %d;
          static const int out_width = %d;
          static const int kernel_height = %d;
          static const int kernel_width = %d;
          static const int stride_y = %d;
          static const int stride_x = %d;
          static const int padding_top = %d;
          static const int padding_bottom = %d;
          static const int padding_left = %d;
          static const int padding_right = %d;
          static const int dilation_y = %d;
          static const int dilation_x = %d;
          static const int reach = %d;  // rows from the kernel's first to its last, dilated
          static const int rows_kept = %d;  // as many or more, a power of two
        """.formatted(image.get(0), image.get(1), image.get(2),
        Reuse.channels(image.get(2), reuse), result.shape().get(0),
        result.shape().get(1), window.kernelHeight(), window.kernelWidth(), window.strideY(),
        window.strideX(), window.paddingTop(), window.paddingBottom(), window.paddingLeft(),
        window.paddingRight(), window.dilationY(), window.dilationX(), reach,
        kept == 1 ? 1 : 2 * Integer.highestOneBit(kept - 1));
  }

  /** Returns whether the kernel lies in the image at every place. */
  static boolean isInside(Window window, TensorType input, TensorType result) {
    List<Integer> image = input.shape();
    int rows = (result.shape().get(0) - 1) * window.strideY() + window.kernelHeight();
    int columns = (result.shape().get(1) - 1) * window.strideX() + window.kernelWidth();
    return window.paddingTop() == 0 && window.paddingLeft() == 0 && rows <= image.get(0)
        && columns <= image.get(1);
  }
}
