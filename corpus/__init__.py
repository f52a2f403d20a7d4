"""Our own corpus of invented news, who said what marked inline (GUIDE.md): data, parser, checker and figures."""
