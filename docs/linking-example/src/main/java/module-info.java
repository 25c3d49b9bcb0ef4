/** A quantized layer of a transformer, on the kernels of Fixlane. */
module example.linking {
  requires io.fixlane.kernels;
}
