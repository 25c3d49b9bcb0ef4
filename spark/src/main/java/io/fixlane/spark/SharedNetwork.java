package io.fixlane.spark;

import io.fixlane.network.Network;
import io.fixlane.network.NetworkFileException;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/** A network as it is broadcast: its bytes, and one plan in each JVM, made when it is needed. */
final class SharedNetwork implements Serializable {
  private static final long serialVersionUID = 1;

  private final byte[] bytes;
  private transient volatile @Nullable Network network;

  /** Makes it of the bytes of a network file. */
  SharedNetwork(byte[] bytes) {
    this.bytes = bytes;
  }

  /** Returns the network, the same one in the whole JVM. */
  Network network() {
    Network made = network;
    if (made == null) {
      synchronized (this) {
        made = network;
        if (made == null) {
          made = decode(bytes);
          network = made;
        }
      }
    }
    return made;
  }

  /**
   * Returns the network that bytes hold.
   *
   * @throws IllegalArgumentException if they hold none
   */
  static Network decode(byte[] bytes) {
    try {
      return Network.fromBytes(bytes);
    } catch (NetworkFileException e) {
      throw new IllegalArgumentException("network: " + e.getMessage(), e);
    }
  }
}
