package io.fixlane.djl;

import io.fixlane.network.Network;
import java.util.List;

/**
 * A network as a file has it.
 *
 * @param network the network
 * @param notes what its words leave out of the model that it was read from, in sentences
 */
record LoadedNetwork(Network network, List<String> notes) {}
