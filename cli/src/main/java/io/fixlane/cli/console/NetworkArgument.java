package io.fixlane.cli.console;

import io.fixlane.network.Network;
import io.fixlane.network.NetworkFileException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** The argument NETWORK: the file of a network. */
public final class NetworkArgument {
  private NetworkArgument() {}

  /**
   * Reads the network.
   *
   * @throws UserError if there is no such file, or it is none of a network
   */
  public static Network load(Path file) {
    try {
      return Network.load(file);
    } catch (NetworkFileException e) {
      throw new UserError("NETWORK: " + e.getMessage(), e);
    } catch (NoSuchFileException e) {
      throw new UserError("NETWORK is " + file + ": there is no such file", e);
    } catch (IOException e) {
      throw new UserError("NETWORK is " + file + ": it cannot be read: " + Failure.reason(e), e);
    }
  }
}
