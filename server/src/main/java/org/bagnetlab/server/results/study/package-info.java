/**
 * Networks trained in the same setting, compared image by image: their differences, the agreement
 * of their errors, what each change to the network does.
 */
package org.bagnetlab.server.results.study;
