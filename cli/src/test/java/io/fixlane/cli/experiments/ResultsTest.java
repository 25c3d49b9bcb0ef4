package io.fixlane.cli.experiments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.fixlane.autograd.fixed.QfxOptions;
import io.fixlane.autograd.fixed.QfxOptions.Role;
import io.fixlane.autograd.layers.Sequential;
import io.fixlane.autograd.models.Model;
import io.fixlane.cli.console.UserError;
import io.fixlane.format.FixedFormat;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Results as a file, as sentences and as a page. */
class ResultsTest {
  @TempDir
  private Path folder;

  @Test
  void theFileGivesTheResultsBack() throws IOException {
    Results results = Fixture.results(
        TaskResult.failed(new Task(Fixture.row(Model.RESNET8, Method.PINNED, 8), 1), "why"));
    Files.write(folder.resolve(Results.FILE), results.json());
    assertThat(Results.read(folder)).isEqualTo(results);
  }

  @Test
  void aDamagedFileIsRefused() throws IOException {
    Path file = Files.writeString(folder.resolve(Results.FILE), "{\"command\":");
    assertThatThrownBy(() -> Results.read(folder)).isInstanceOf(UserError.class)
        .hasMessageStartingWith(file + ": it cannot be read: ");
  }

  @Test
  void theSpreadIsThatOfASample() {
    Spread spread = Spread.of(1, 2, 6);
    assertThat(spread.mean()).isEqualTo(3);
    assertThat(spread.deviation()).isCloseTo(Math.sqrt(7), within(1e-12));
    assertThat(spread.least()).isEqualTo(1);
    assertThat(spread.most()).isEqualTo(6);
    assertThat(spread.text()).isEqualTo("3.00 +- 2.65");
    assertThat(Spread.of(5).text()).isEqualTo("5.00");
    assertThat(spread.errorOfDifference(Spread.of(5))).isCloseTo(Math.sqrt(7.0 / 3), within(1e-9));
  }

  /** The verdict is for the method where it wins, against it where it loses, and else neither. */
  @Test
  void sentencesSayWhatCameOut() {
    assertThat(Summary.sentences(Fixture.results())).containsExactly(
        "The fixed-point twin of a batch normalisation agrees with float, forward and in all "
            + "gradients, within a step of its output's format in 1 of 1 formats.",
        "CNN, W bits in everything: at W = 8 QFX with learned I loses by 5.00 points to the better"
            + " PTQ and is not clearly apart from (+0.00 points) pinned I; at W = 4 QFX with"
            + " learned I beats by 10.00 points the better PTQ and is not clearly apart from"
            + " (-1.00 points) pinned I.",
        "Deployed networks gave the words of the training network on 4158 of 4158 test samples, in"
            + " 14 networks.");
    assertThat(Summary.isSound(Fixture.results())).isTrue();
  }

  @Test
  void typesByHandAndPointsByChannelAreCompared() {
    List<TaskResult> tasks = new ArrayList<>();
    for (int seed = 1; seed <= 2; seed++) {
      Row learned = Fixture.row(Model.CNN, Method.LEARNED, 4);
      tasks.add(Fixture.result(learned.with(Setting.CHANNEL_POINTS), seed, 0.85));
      tasks.add(Fixture.result(
          Fixture.row(Model.CNN, Method.UNIFORM_TRAINED, 4).withStart(Start.BY_HAND), seed, 0.75));
      tasks.add(Fixture.result(Fixture.row(Model.CNN, Method.UNIFORM, 4), seed, 0.5));
    }
    assertThat(Summary.sentences(Fixture.results(tasks.toArray(TaskResult[]::new)))).contains(
        "CNN, the best type by hand for everything: at W = 4 learned I beats by 5.00 points one"
            + " type that is trained in and beats by 30.00 points one that is cast into.",
        "CNN, an I for each channel of the weights: at W = 4, QFX, I learned, it beats by 5.00"
            + " points one for all.");
  }

  @Test
  void learnedWidthsAreComparedAtTheSameCost() {
    List<TaskResult> tasks = new ArrayList<>();
    List<Row> rows = Grid.widths(Fixture.BUDGET).getFirst().rows();
    for (int seed = 1; seed <= 2; seed++) {
      tasks.add(Fixture.result(rows.get(0), seed, 0.7));
      tasks.add(Fixture.result(rows.get(1), seed, 0.71));
      tasks.add(Fixture.result(rows.get(2), seed, 0.75));
      tasks.add(Fixture.result(rows.get(3), seed, 0.65));
    }
    Results results = Fixture.results(tasks.toArray(TaskResult[]::new));
    assertThat(Summary.sentences(results)).contains("Learned widths: at the cost of W = 3 what is"
        + " learned beats by 5.00 points W = 3 everywhere, by channel loses by 5.00 points to it,"
        + " and one W that comes down beats by 1.00 points it.");
    assertThat(new String(Report.of(results, List.of()).bytes(), StandardCharsets.UTF_8))
        .contains("W learned, by channel of weights", "9.00");
  }

  @Test
  void ablationsAreComparedWithTheDefault() {
    Row swings = Grid.ablated(Fixture.BUDGET).with(Setting.FREEZING);
    assertThat(Summary.sentences(Fixture.results(Fixture.result(swings, 1, 0.5)))).contains(
        "Ablations at W = 4 in everything: the default, clipped gradients, start least squares,"
            + " rate of I 0.01, reaches 80.00 +- 0.00 %; the best of all is clipped gradients,"
            + " start least squares, rate of I 0.01 with 80.00 +- 0.00 %.");
  }

  /** A seed that one row alone has would be compared with others. */
  @Test
  void rowsAreComparedInTheSeedsThatBothHave() {
    Row learned = Fixture.row(Model.CNN, Method.LEARNED, 4);
    TaskResult third = Fixture.result(learned, 3, 0.2);
    assertThat(Fixture.results(third).accuracy(learned).orElseThrow().count()).isEqualTo(3);
    assertThat(Summary.sentences(Fixture.results(third)).get(1)).contains("at W = 4 QFX with"
        + " learned I beats by 10.00 points the better PTQ and is not clearly apart from"
        + " (-1.00 points) pinned I.");
    TaskResult byHand = Fixture.result(
        Fixture.row(Model.CNN, Method.UNIFORM_TRAINED, 4).withStart(Start.BY_HAND), 1, 0.75);
    TaskResult cast = Fixture.result(Fixture.row(Model.CNN, Method.UNIFORM, 4), 1, 0.5);
    assertThat(Summary.sentences(Fixture.results(byHand, cast))).contains(
        "CNN, the best type by hand for everything: at W = 4 learned I is, of one seed, 5.00 points"
            + " above one type that is trained in and is, of one seed, 30.00 points above one that"
            + " is cast into.");
    TaskResult other = Fixture.result(
        Fixture.row(Model.CNN, Method.UNIFORM, 4), 3, 0.5);
    assertThat(Summary.sentences(Fixture.results(byHand, other)))
        .noneMatch(sentence -> sentence.contains("by hand"));
  }

  /** A single seed has no spread that a verdict could be held against. */
  @Test
  void oneSeedIsNoVerdict() {
    Spread one = Spread.of(80);
    assertThat(Summary.verdict(one, Spread.of(70, 72)))
        .isEqualTo("is, of one seed, 9.00 points above");
    assertThat(Summary.verdict(one, Spread.of(81))).isEqualTo("is, of one seed, 1.00 points below");
    assertThat(Summary.verdict(Spread.of(80, 82), Spread.of(70, 72)))
        .isEqualTo("beats by 10.00 points");
  }

  @Test
  void theBestOfEveryPointIsCompared() {
    List<TaskResult> tasks = new ArrayList<>();
    for (int seed = 1; seed <= 2; seed++) {
      tasks.add(Fixture.result(Fixture.row(Model.MLP, Method.PINNED, 4), seed, 0.8));
      tasks.add(Fixture.result(Fixture.row(Model.MLP, Method.LEARNED, 4), seed, 0.85));
      tasks.add(Fixture.result(Fixture.row(Model.MLP, Method.EVERY_POINT, 4), seed, 0.9));
    }
    Results results = Fixture.results(tasks.toArray(TaskResult[]::new));
    assertThat(Summary.sentences(results)).contains("Every I tried: at W = 4 the best of 1 choices "
        + "on training images beats by 10.00 points the calibrated one, and learned I loses by "
        + "5.00 points to it.");
    assertThat(new String(Report.of(results, List.of()).bytes(), StandardCharsets.UTF_8))
        .contains("QFX, the best of every I", "W = 4, every choice");
  }

  /** Words of 4 bits and an I of 1 hold what these networks are good at. */
  @Test
  void theBestTypeIsThatOfTheBestAccuracyOnTrainingImages() {
    List<Integer> tried = new ArrayList<>();
    HandTunedType type = HandTunedType.find(QfxOptions.bits(4), options -> {
      tried.add(options.format(Role.WEIGHT).format().integerBits());
      assertThat(options.format(Role.ELEMENT).format().integerBits()).isEqualTo(tried.getLast());
      return new Sequential();
    }, network -> -Math.abs(tried.getLast() - 1), network -> 0.5);
    assertThat(tried).containsExactly(-2, -1, 0, 1, 2, 3, 4);
    assertThat(type.integerBits()).isEqualTo(1);
    assertThat(type.tries().get(3))
        .isEqualTo(new TaskResult.Calibration(Start.BY_HAND, 1, 0.0, 0.5));
  }

  @Test
  void aWrongWordOrAFailureIsNotSound() {
    Row row = Fixture.row(Model.RESNET8, Method.PINNED, 8);
    Results wrong = Fixture.results(
        Fixture.result(row, 1, 0.5, new TaskResult.Words(296, 297)));
    assertThat(Summary.isSound(wrong)).isFalse();
    assertThat(Summary.sentences(wrong)).last().asString()
        .contains("on 4454 of 4455 test samples");
    Results failed = Fixture.results(TaskResult.failed(new Task(row, 2), "it diverged"));
    assertThat(Summary.isSound(failed)).isFalse();
    assertThat(Summary.sentences(failed)).last()
        .isEqualTo("ResNet-8, QFX, I pinned, W = 8, everything, seed 2 failed: it diverged.");
    assertThat(failed.accuracy(row)).isEmpty();
  }

  @Test
  void thePageTellsAll() {
    String page =
        new String(Report.of(Fixture.results(), List.of()).bytes(), StandardCharsets.UTF_8);
    Summary.sentences(Fixture.results()).forEach(
        sentence -> assertThat(page).contains(sentence.replace("'", "&#x27;")));
    assertThat(page).contains("digits: &lt;1437&gt; images", "fixlane experiments --quick",
        "OpenJDK 25", "conv1.weightCast", "40.000", "297", "0.2500")
        .contains("fixlane experiments --quick --data digits --only 3");
  }

  @Test
  void countsOfFpgasAreReadByNameAndShownByFamily() throws IOException {
    assertThat(HardwareCounts.read(folder)).isEmpty();
    Path hardware = Files.createDirectory(folder.resolve(HardwareCounts.FOLDER));
    Files.writeString(hardware.resolve("b.json"), """
        {"network": "two-hot.fxn", "estimates": [], "families": [
         {"family": "xcup", "seconds": 1, "dsps": 0, "luts": 199831, "registers": 63832}]}""");
    Files.writeString(hardware.resolve("a.json"), """
        {"network": "full.fxn", "families": [
         {"family": "xcup", "dsps": 313, "luts": 205962, "registers": 66223},
         {"family": "ecp5", "dsps": 7, "luts": 8, "registers": 9}]}""");
    Files.writeString(hardware.resolve("notes.txt"), "not counts");
    List<HardwareCounts> counts = HardwareCounts.read(folder);
    assertThat(counts).extracting(HardwareCounts::network)
        .containsExactly("full.fxn", "two-hot.fxn");
    assertThat(new String(Report.of(Fixture.results(), counts).bytes(), StandardCharsets.UTF_8))
        .containsSubsequence("ecp5", "full.fxn", "xcup", "205,962", "xcup", "199,831");
    Path damaged = Files.writeString(hardware.resolve("c.json"), "{}");
    assertThatThrownBy(() -> HardwareCounts.read(folder)).isInstanceOf(UserError.class)
        .hasMessageContaining(damaged + " has no network and families");
    Files.writeString(damaged, "{");
    assertThatThrownBy(() -> HardwareCounts.read(folder)).isInstanceOf(UserError.class)
        .hasMessageContaining(damaged + ": it cannot be read");
  }

  /** Of a signed format the ends are -1 and 1 less a step; half a step beyond saturates. */
  @Test
  void numbersAreCountedWhereTheyLie() {
    CastCounts counts = new CastCounts(FixedFormat.signed(4, 2));
    counts.add(new float[] {-4.01f, -2.25f, -2.12f, 0, 1.87f, 1.88f, 100});
    assertThat(counts.saturated()).isCloseTo(4.0 / 7, within(1e-12));
    assertThat(counts.counts()).hasSize(CastCounts.BINS);
    assertThat(counts.counts().getFirst()).isEqualTo(1);
    assertThat(counts.counts().getLast()).isEqualTo(1);
    assertThat(counts.counts().get(CastCounts.BINS / 2)).isEqualTo(1);
  }
}
