/** Randomisation of weights, and how it changes the explanations of a network. */
package org.bagnetlab.vision.randomisation;
