package io.fixlane.autograd.models;

import io.fixlane.autograd.layers.Sequential;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Networks that classify images, in float. {@link io.fixlane.autograd.fixed.Qfx#convert} makes
 * their fixed-point twins.
 *
 * {@snippet class="io.fixlane.autograd.models.ModelExample" region="build"}
 */
public enum Model {
  /** Two dense layers, with 64 neurons between. */
  MLP {
    @Override
    Sequential build(Plan plan) {
      return plan.flatten().linear("hidden", plan.pixels(), 64).relu("relu")
          .linear("output", 64, plan.classes()).network();
    }
  },

  /**
   * Three convolutions of 3 x 3 to 16, 32 and 32 channels, each with batch normalisation and relu,
   * the first one with a pooling of 2 x 2; the average of each channel, and a dense layer.
   */
  CNN {
    @Override
    Sequential build(Plan plan) {
      return plan.conv("1", plan.channels(), 16, 1).relu("relu1").pool("pool")
          .conv("2", 16, 32, 1).relu("relu2")
          .conv("3", 32, 32, 1).relu("relu3")
          .average().linear("output", 32, plan.classes()).network();
    }
  },

  /**
   * A residual network (He et al., arXiv 1512.03385) of eight layers: a convolution to 16 channels,
   * three blocks of two convolutions to 16, 32 and 64 channels, and a dense layer. The second and
   * the third block have a stride of 2, and a convolution of 1 x 1 as their shortcut.
   */
  RESNET8 {
    @Override
    Sequential build(Plan plan) {
      return plan.conv("1", plan.channels(), 16, 1).relu("relu1")
          .block("block1", 16, 16, 1).block("block2", 16, 32, 2).block("block3", 32, 64, 2)
          .average().linear("output", 64, plan.classes()).network();
    }
  },

  /**
   * A binarised residual network (the plan of Bi-Real Net, arXiv 1808.00278): a real-valued
   * convolution to 32 channels, four blocks of one binary convolution each, with a real-valued
   * shortcut, and a dense layer. The second block goes to 64 channels with a stride of 2, its
   * shortcut a convolution of 1 x 1.
   */
  BNN {
    @Override
    Sequential build(Plan plan) {
      return plan.conv("1", plan.channels(), 32, 1)
          .binaryBlock("block1", 32, 32, 1).binaryBlock("block2", 32, 64, 2)
          .binaryBlock("block3", 64, 64, 1).binaryBlock("block4", 64, 64, 1)
          .relu("relu").average().linear("output", 64, plan.classes()).network();
    }
  },

  /**
   * Six convolutions of 3 x 3 (the plan of VGG, Simonyan and Zisserman, arXiv 1409.1556): two each
   * to 16, 32 and 64 channels, with a pooling of 2 x 2 after the first and the second two; the
   * average of each channel, and a dense layer.
   */
  VGG {
    @Override
    Sequential build(Plan plan) {
      return plan.conv("1", plan.channels(), 16, 1).relu("relu1")
          .conv("2", 16, 16, 1).relu("relu2").pool("pool2")
          .conv("3", 16, 32, 1).relu("relu3")
          .conv("4", 32, 32, 1).relu("relu4").pool("pool4")
          .conv("5", 32, 64, 1).relu("relu5")
          .conv("6", 64, 64, 1).relu("relu6")
          .average().linear("output", 64, plan.classes()).network();
    }
  },

  /**
   * A binarised network without shortcuts (the plan of BinaryNet, arXiv 1602.02830): a real-valued
   * convolution to 32 channels, five binary ones to 32, 64, 64, 128 and 128, each with batch
   * normalisation, poolings of 2 x 2 after those of the second and the fourth, so that deployed,
   * what lies between binary convolutions is a threshold of each channel; the average of each
   * channel, and a dense layer.
   */
  BINARY_VGG {
    @Override
    Sequential build(Plan plan) {
      return plan.conv("1", plan.channels(), 32, 1)
          .binaryConv("2", 32, 32, true).binaryConv("3", 32, 64, false)
          .binaryConv("4", 64, 64, true).binaryConv("5", 64, 128, false)
          .binaryConv("6", 128, 128, false)
          .relu("relu").average().linear("output", 128, plan.classes()).network();
    }
  };

  private static final int LEAST_SIDE = 2;

  /**
   * Builds the network with He's start values.
   *
   * @param sampleShape height, width and channels of an image, the first two at least 2, with two
   *     poolings at least 4
   * @param classes how many classes there are
   * @param seed what the weights are drawn from: the same seed gives the same network
   * @throws IllegalArgumentException if the shape is none of an image, or there are fewer than two
   *     classes
   */
  public Sequential build(int[] sampleShape, int classes, long seed) {
    int least = leastSide();
    if (sampleShape.length != 3 || sampleShape[0] < least || sampleShape[1] < least
        || sampleShape[2] < 1) {
      throw new IllegalArgumentException(
          "sampleShape is " + Arrays.toString(sampleShape)
              + ": it must be height and width, at least " + least + ", and channels, at least 1");
    }
    if (classes < 2) {
      throw new IllegalArgumentException("classes is " + classes + ": it must be at least 2");
    }
    return build(new Plan(sampleShape.clone(), classes, new SplittableRandom(seed)));
  }

  private int leastSide() {
    return this == VGG || this == BINARY_VGG ? 2 * LEAST_SIDE : LEAST_SIDE;
  }

  abstract Sequential build(Plan plan);
}
