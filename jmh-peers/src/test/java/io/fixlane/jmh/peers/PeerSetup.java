package io.fixlane.jmh.peers;

/** Sets up one benchmark of products in a JVM of its own, whose environment libraries read. */
public final class PeerSetup {
  private PeerSetup() {}

  /**
   * Sets up, which tells what is wrong.
   *
   * @param args the library and the shape
   */
  public static void main(String[] args) {
    GemmPeers peers = new GemmPeers();
    peers.library = GemmPeers.Library.valueOf(args[0]);
    peers.shape = args[1];
    peers.setup();
    peers.tearDown();
  }
}
