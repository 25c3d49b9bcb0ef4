package io.fixlane.network;

import io.fixlane.format.FixedFormat;
import io.fixlane.kernels.Pool2d;
import io.fixlane.network.PlannedLayer.Single;
import io.fixlane.shape.ImageShape;
import io.fixlane.shape.Window;

/**
 * The average of each channel over the whole image.
 *
 * @param name the name
 * @param result what the exact quotient is cast into
 */
record GlobalAverageLayer(String name, FixedFormat result) implements Layer {
  @Override
  public PlannedLayer plan(TensorType input) {
    ImageShape image = input.image();
    TensorType results = TensorType.of(result, image.channels());
    Pool2d plan = Pool2d.average(
        input.format(), image, Window.of(image.height(), image.width()), result);
    return new PlannedLayer(this, input, results, new Single(
        (images, target, _, _) -> plan.run(images, target), plan::explain), NetworkCost.NONE);
  }

  @Override
  public String describe() {
    return "globalAveragePool";
  }
}
