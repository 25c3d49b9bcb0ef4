package io.fixlane.cli.search;

/**
 * What decides about the result of each trial, beside the trial itself.
 *
 * @param data the images, as {@code --data} names them
 * @param images what they are
 * @param model the network
 * @param floatEpochs how long it is trained in float
 * @param batchSize how many images a step takes
 * @param rate Adam's learning rate in float
 * @param seed the seed of the search
 * @param foldNorms whether batch normalisations are folded before networks are converted
 */
record Settings(String data, String images, String model, int floatEpochs, int batchSize,
    float rate, long seed, boolean foldNorms) {}
