/** The behaviour of networks on images with masked parts. */
package org.bagnetlab.vision.masking;
