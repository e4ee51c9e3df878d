/** One class in a package of ND4J's, which asks for it by name. */
@NullMarked
package org.nd4j.nativeblas;

import org.jspecify.annotations.NullMarked;
