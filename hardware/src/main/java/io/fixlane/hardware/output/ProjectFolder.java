package io.fixlane.hardware.output;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.SequencedMap;
import java.util.UUID;
import java.util.stream.Stream;

/** Writes a folder of text files: aside first, and then renamed. */
public final class ProjectFolder {
  private ProjectFolder() {}

  /**
   * Writes a folder.
   *
   * @param folder where; its parents are made where they are missing
   * @param files the text of each file, by its path in the folder with {@code /} between names
   * @param replace whether what is there is replaced, with all that it holds
   * @throws FileAlreadyExistsException if something is there, and is not to be replaced or is no
   *     folder; an empty folder is nothing
   * @throws IOException if it cannot be written; what was there is then as before
   */
  public static void write(Path folder, SequencedMap<String, String> files, boolean replace)
      throws IOException {
    Path target = folder.toAbsolutePath().normalize();
    boolean there = Files.exists(target);
    if (there && (!Files.isDirectory(target) || !replace && !isEmpty(target))) {
      throw new FileAlreadyExistsException(folder.toString());
    }
    Path parent = target.getParent();
    if (parent == null) {
      throw new FileAlreadyExistsException(folder.toString());
    }
    Files.createDirectories(parent);
    Path aside = aside(target);
    try {
      for (String path : files.sequencedKeySet()) {
        Path file = aside.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, files.get(path));
      }
      move(aside, target, there);
    } finally {
      delete(aside);
    }
  }

  private static boolean isEmpty(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.findAny().isEmpty();
    }
  }

  private static Path aside(Path target) {
    return target.resolveSibling("." + UUID.randomUUID() + ".part");
  }

  /** Puts the folder in its place; what was there goes aside first, and comes back on failure. */
  private static void move(Path written, Path target, boolean there) throws IOException {
    if (!there) {
      Files.move(written, target);
      return;
    }
    Path earlier = aside(target);
    Files.move(target, earlier);
    try {
      Files.move(written, target);
    } catch (IOException e) {
      Files.move(earlier, target);
      throw e;
    }
    delete(earlier);
  }

  private static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    List<Path> all;
    try (Stream<Path> walk = Files.walk(folder)) {
      all = walk.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : all) {
      Files.deleteIfExists(path);
    }
  }
}
