@NullMarked
package org.bagnetlab.server.results;

import org.jspecify.annotations.NullMarked;
