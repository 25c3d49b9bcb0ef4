package io.fixlane.cli.words.file;

import io.fixlane.cli.console.UserError;
import io.fixlane.reference.Fixed;
import io.fixlane.tensor.npy.NpyHeader;
import io.fixlane.tensor.npy.NpyWriter;
import io.fixlane.tensor.npy.NpzWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/** An array of numpy, in a file of its own or in a zip file. */
final class NpySink implements WordSink {
  private final WordOutput output;
  private final @Nullable NpzWriter archive;
  private final NpyWriter writer;

  NpySink(WordOutput output, NpyHeader header, OutputStream out) throws IOException {
    this.output = output;
    archive = output.kind() == FileKind.NPZ ? new NpzWriter(out) : null;
    writer = archive == null ? new NpyWriter(out, header) : begin(archive, header);
  }

  private NpyWriter begin(NpzWriter npz, NpyHeader header) throws IOException {
    try {
      return npz.begin(output.name(), header);
    } catch (IllegalArgumentException e) {
      throw new UserError("--" + e.getMessage(), e);
    }
  }

  @Override
  public void put(BigInteger raw) throws IOException {
    if (output.values()) {
      writer.putNumber(new Fixed(output.format(), raw).toDouble());
    } else {
      writer.putBits(raw.longValue());
    }
  }

  @Override
  public void finish() throws IOException {
    writer.finish();
    if (archive != null) {
      archive.close();
    }
  }
}
