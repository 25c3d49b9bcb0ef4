import io.fixlane.format.FixedFormat;
import io.fixlane.kernels.Cast;
import io.fixlane.tensor.FixedTensor;

/** Casts four numbers into words of 8 bits, and these into words of 4 bits. */
public final class Example {
  public static void main(String[] args) {
    FixedFormat wide = FixedFormat.parse("ap_fixed<8,3,AP_RND_CONV,AP_SAT>");
    FixedFormat narrow = FixedFormat.parse("ap_fixed<4,2,AP_RND_CONV,AP_SAT>");
    FixedTensor x = FixedTensor.quantize(wide, new float[] {0.34375f, -1.3f, 3.99f, -7f}, 4);
    FixedTensor y = FixedTensor.allocate(narrow, 4);
    Cast.of(wide, narrow).run(x, y);
    System.out.println(x);
    System.out.println(y);
  }
}
