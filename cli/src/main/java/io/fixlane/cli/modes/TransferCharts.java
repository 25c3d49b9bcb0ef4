package io.fixlane.cli.modes;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** The chart of each mode, and the page that shows them all. */
final class TransferCharts {
  /** The page that shows all charts. */
  static final String INDEX = "index.html";

  private static final Axes REALS = new Axes(-3.25, 3.25, -3.25, 3.25, 72);
  private static final Axes INTEGERS = new Axes(-25, 25, -9, 9, 16);

  private TransferCharts() {}

  /** Draws everything and returns the bytes of each file by its name, in the order of the page. */
  static Map<String, byte[]> files() {
    Map<String, byte[]> files = new LinkedHashMap<>();
    for (ModeExample example : ModeExample.quantization()) {
      TransferCurve curve =
          TransferCurve.ofReals(example.format(), REALS.xMin() - 0.25, REALS.xMax() + 0.25);
      files.put(fileName(example), CurveChart.svg(title(example), curve, "taken at a jump", REALS));
    }
    for (ModeExample example : ModeExample.overflow()) {
      TransferCurve curve = TransferCurve.ofIntegers(example.format(), -24, 24);
      files.put(fileName(example), CurveChart.svg(title(example), curve, "integers", INTEGERS));
    }
    files.put(INDEX, index().getBytes(StandardCharsets.UTF_8));
    return files;
  }

  private static String title(ModeExample example) {
    return example.name() + ": " + example.format();
  }

  private static String fileName(ModeExample example) {
    return example.name().replace(" N=", "-N") + ".svg";
  }

  private static String index() {
    StringBuilder page = new StringBuilder("""
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <title>The modes of ap_fixed</title>
        <style>
        body { font-family: sans-serif; margin: 2em auto; max-width: 75em; }
        figure { display: inline-block; margin: 1em; vertical-align: top; }
        img { max-width: 100%; }
        </style>
        </head>
        <body>
        <h1>The modes of ap_fixed</h1>
        <h2>Quantization: real numbers cast into integers</h2>
        """);
    for (ModeExample example : ModeExample.quantization()) {
      figure(page, example, example.format().quantization().summary());
    }
    page.append("<h2>Overflow: integers cast into -8 .. 7</h2>\n");
    for (ModeExample example : ModeExample.overflow()) {
      figure(page, example, example.format().overflow().summary());
    }
    return page.append("</body>\n</html>\n").toString();
  }

  private static void figure(StringBuilder page, ModeExample example, String caption) {
    page.append("<figure><img src=\"").append(fileName(example)).append("\" alt=\"")
        .append(example.name())
        .append("\"><figcaption>").append(example.name()).append(": ").append(caption)
        .append("</figcaption></figure>\n");
  }
}
