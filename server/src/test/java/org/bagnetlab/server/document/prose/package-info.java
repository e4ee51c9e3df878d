/** Compares the numbers in documents with the files that they are from. */
@org.jspecify.annotations.NullMarked
package org.bagnetlab.server.document.prose;
