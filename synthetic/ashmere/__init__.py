"""The Ashmere review: six children, five agencies, six years. Everybody and everything in it is made up."""
