package io.fixlane.hardware;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigDecimal;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Options, and what none is. */
class HlsOptionsTest {
  private static void assertRefused(UnaryOperator<HlsOptions> change, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> change.apply(HlsOptions.DEFAULT)).withMessage(message);
  }

  @Test
  void othersAreRefused() {
    assertRefused(o -> o.withReuse(0), "reuse is 0: it must be positive");
    assertRefused(o -> o.withPart("a part"),
        "part is 'a part': it must be 1 to 100 letters, digits and _ . : -");
    assertRefused(o -> o.withFlow("rtl"), "flow is 'rtl': it must be vivado or vitis");
    assertRefused(o -> o.withSamples(0), "samples is 0: it must be 1 to 100000");
    assertRefused(o -> o.withClock(BigDecimal.ZERO),
        "clock is 0: it must be a period in ns, above 0 and at most 1000000, with at most 6 "
            + "decimals");
    assertRefused(o -> o.withClock(new BigDecimal("1e-7")),
        "clock is 1E-7: it must be a period in ns, above 0 and at most 1000000, with at most 6 "
            + "decimals");
  }

  @Test
  void eachChangeKeepsTheOthers() {
    HlsOptions options = HlsOptions.DEFAULT.withPorts(HlsInterface.STREAM).withReuse(3)
        .withPart("p").withClock(new BigDecimal("2.5")).withFlow("vitis").withSamples(7);
    assertThat(options.ports()).isEqualTo(HlsInterface.STREAM);
    assertThat(options.reuse()).hasValue(3);
    assertThat(options.part()).isEqualTo("p");
    assertThat(options.clock()).isEqualTo("2.5");
    assertThat(options.flow()).isEqualTo("vitis");
    assertThat(options.samples()).isEqualTo(7);
  }
}
