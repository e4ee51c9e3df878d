/** An engine on Deeplearning4j. No other package of the project uses Deeplearning4j. */
package org.bagnetlab.engine.nd4j.dl4j;
