/**
 * Networks trained in the same setting, compared image by image: their differences, the agreement
 * of their errors, and the effect of each change to the network.
 */
package org.bagnetlab.server.results.study;
