/** Scrambling of images: the report's test of whether a network uses the arrangement of parts. */
package org.bagnetlab.vision.scrambling;
