package io.fixlane.network.plan;

import io.fixlane.network.layer.TensorType;
import io.fixlane.network.layer.UpsampleLayer;
import io.fixlane.network.plan.PlannedLayer.Single;
import io.fixlane.network.words.Formats;
import io.fixlane.shape.ImageShape;
import io.fixlane.tensor.FixedTensor;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.Executor;

/** Copies every pixel of images into a block of the same ones. */
final class Upsampling implements Operation {
  private final int factorY;
  private final int factorX;
  private final int columns;
  private final long pixelBytes;

  private Upsampling(UpsampleLayer layer, TensorType input) {
    this.factorY = layer.factorY();
    this.factorX = layer.factorX();
    this.columns = Types.image(input).width();
    this.pixelBytes = (long) input.channels() * Formats.wordBytes(input.format());
  }

  /**
   * Plans a layer.
   *
   * @throws IllegalArgumentException if its input is no image, or its result larger than an array
   */
  static PlannedLayer plan(UpsampleLayer layer, TensorType input) {
    ImageShape image = Types.image(input);
    TensorType result = Types.of(input.format(),
        Types.saturated((long) image.height() * layer.factorY()),
        Types.saturated((long) image.width() * layer.factorX()), image.channels());
    return new PlannedLayer(layer, input, result, new Single(new Upsampling(layer, input),
        () -> "copies each pixel " + (long) layer.factorY() * layer.factorX() + " times"),
        Costs.NONE);
  }

  @Override
  public void run(FixedTensor x, FixedTensor target, Executor executor, int parts) {
    MemorySegment from = x.segment();
    MemorySegment to = target.segment();
    long rowBytes = columns * factorX * pixelBytes;
    long at = 0;
    for (long row = 0; row < from.byteSize(); row += columns * pixelBytes) {
      long first = at;
      for (long pixel = row; pixel < row + columns * pixelBytes; pixel += pixelBytes) {
        for (int copy = 0; copy < factorX; copy++) {
          MemorySegment.copy(from, pixel, to, at, pixelBytes);
          at += pixelBytes;
        }
      }
      for (int copy = 1; copy < factorY; copy++) {
        MemorySegment.copy(to, first, to, at, rowBytes);
        at += rowBytes;
      }
    }
  }
}
