@NullMarked
package org.bagnetlab.server.results.image;

import org.jspecify.annotations.NullMarked;
